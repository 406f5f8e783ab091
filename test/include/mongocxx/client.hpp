// Imitation of the MongoDB C++ driver for tests.

#ifndef TEST_INCLUDE_MONGOCXX_CLIENT_HPP
#define TEST_INCLUDE_MONGOCXX_CLIENT_HPP

namespace mongocxx {
inline namespace v_noabi {

struct document {};

class cursor {
public:
  class iterator {
  public:
    iterator &operator++();
    document &operator*() const;
    bool operator!=(const iterator &) const;
  };
  iterator begin();
  iterator end();
};

class collection {
public:
  void insert_one(document);
  cursor find(document);
};

class client {};

class pool {
public:
  client acquire();
  client try_acquire();
};

} // namespace v_noabi
} // namespace mongocxx

#endif
