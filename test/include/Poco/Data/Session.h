// Imitation of POCO for tests.

#ifndef TEST_INCLUDE_POCO_DATA_SESSION_H
#define TEST_INCLUDE_POCO_DATA_SESSION_H

#include <string>

namespace Poco::Data {

class Statement;
namespace Keywords {
void now(Statement &);
} // namespace Keywords

class Statement {
public:
  typedef void (*Manipulator)(Statement &);
  Statement &operator,(Manipulator);
  Statement &operator,(int value);
  unsigned long execute(bool reset = true);
  void executeAsync(bool reset = true);
};

class Session {
public:
  Session(const std::string &connector, const std::string &options);
  Session(const Session &);
  template <typename T> Statement operator<<(const T &);
};

} // namespace Poco::Data

#endif
