// Imitation of Boost.MySQL for tests: the names and shapes of the real
// library, declarations only.

#ifndef TEST_INCLUDE_BOOST_MYSQL_HPP
#define TEST_INCLUDE_BOOST_MYSQL_HPP

#include "asio.hpp"

namespace boost::mysql {

class results {};

class any_connection {
public:
  explicit any_connection(asio::any_io_executor);
  void execute(const char *query, results &result);
  template <class Token>
  auto async_execute(const char *query, results &result, Token &&token) {
    return asio::async_initiate<Token, void(system::error_code)>([](auto &&) {},
                                                                 token);
  }
};

} // namespace boost::mysql

#endif
