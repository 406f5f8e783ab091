// Stackful coroutines of Boost.Asio, as far as tests need them.

#ifndef TEST_INCLUDE_BOOST_ASIO_SPAWN_HPP
#define TEST_INCLUDE_BOOST_ASIO_SPAWN_HPP

#include "../asio.hpp"

namespace boost::asio {

template <typename Executor> class basic_yield_context {};
using yield_context = basic_yield_context<any_io_executor>;

template <typename Context, typename Function>
void spawn(Context &, Function &&) {}

} // namespace boost::asio

#endif
