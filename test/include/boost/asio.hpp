// Imitation of Boost.Asio for tests: the names and shapes of the real library,
// declarations only. The text itself is shared with asio.hpp.

#ifndef TEST_INCLUDE_BOOST_ASIO_HPP
#define TEST_INCLUDE_BOOST_ASIO_HPP

#include "../detail/asio_std.h"
#include "system/system_error.hpp"

// As with the real library, defining this beforehand (for instance to
// [[nodiscard]], the real default) decides the attribute of awaitable,
// deferred operations, buffer() and so on.
#ifndef BOOST_ASIO_NODISCARD
#define BOOST_ASIO_NODISCARD
#endif

namespace boost {
namespace asio {

#define ASIO_INC_NODISCARD BOOST_ASIO_NODISCARD
#define ASIO_INC_ERROR_CATEGORY boost::system::error_category
#define ASIO_INC_ERROR_CODE boost::system::error_code
#include "../detail/asio.inc"
#undef ASIO_INC_NODISCARD
#undef ASIO_INC_ERROR_CATEGORY
#undef ASIO_INC_ERROR_CODE

} // namespace asio

namespace system {

template <> struct is_error_code_enum<asio::error::basic_errors> {
  static const bool value = true;
};
template <> struct is_error_code_enum<asio::error::netdb_errors> {
  static const bool value = true;
};
template <> struct is_error_code_enum<asio::error::addrinfo_errors> {
  static const bool value = true;
};
template <> struct is_error_code_enum<asio::error::misc_errors> {
  static const bool value = true;
};
template <>
struct is_error_code_enum<asio::experimental::error::channel_errors> {
  static const bool value = true;
};

} // namespace system
} // namespace boost

namespace std {

template <typename T, typename Executor, typename... Args>
struct coroutine_traits<boost::asio::awaitable<T, Executor>, Args...> {
  typedef boost::asio::detail::awaitable_frame<T, Executor> promise_type;
};

} // namespace std

#endif
