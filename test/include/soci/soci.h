// Imitation of SOCI for tests.

#ifndef TEST_INCLUDE_SOCI_SOCI_H
#define TEST_INCLUDE_SOCI_SOCI_H

#include <string>

namespace soci {

class connection_pool {
public:
  explicit connection_pool(unsigned long size);
  bool try_lease(unsigned long &position, int timeout);
};

namespace details {
struct once_temp_type {
  once_temp_type &operator,(int);
};
} // namespace details

class session {
public:
  session();
  session(const std::string &backend, const std::string &options);
  explicit session(connection_pool &pool);
  template <typename T> details::once_temp_type operator<<(const T &);
};

class statement {
public:
  bool execute(bool exchange = false);
  bool fetch();
};

int into(int &value);

} // namespace soci

#endif
