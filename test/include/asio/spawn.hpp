// Stackful coroutines of Asio, as far as tests need them.

#ifndef TEST_INCLUDE_ASIO_SPAWN_HPP
#define TEST_INCLUDE_ASIO_SPAWN_HPP

#include "../asio.hpp"

namespace asio {

template <typename Executor> class basic_yield_context {};
using yield_context = basic_yield_context<any_io_executor>;

template <typename Context, typename Function, typename Token>
void spawn(Context &, Function &&, Token &&) {}
template <typename Context, typename Function>
void spawn(Context &, Function &&) {}

template <typename Executor, typename Signature>
class async_result<basic_yield_context<Executor>, Signature> {
public:
  template <typename Initiation, typename RawCompletionToken,
            typename... InitArgs>
  static void initiate(Initiation &&, RawCompletionToken &&, InitArgs &&...);
};

} // namespace asio

#endif
