// Imitation of standalone Asio for tests: the names and shapes of the real
// library, declarations only. The text itself is shared with boost/asio.hpp.

#ifndef TEST_INCLUDE_ASIO_HPP
#define TEST_INCLUDE_ASIO_HPP

#include "detail/asio_std.h"

// As with the real library, defining this beforehand (for instance to
// [[nodiscard]], the real default) decides the attribute of awaitable,
// deferred operations, buffer() and so on.
#ifndef ASIO_NODISCARD
#define ASIO_NODISCARD
#endif

namespace asio {

typedef std::error_category error_category;
typedef std::error_code error_code;
typedef std::system_error system_error;

#define ASIO_INC_NODISCARD ASIO_NODISCARD
#define ASIO_INC_ERROR_CATEGORY error_category
#define ASIO_INC_ERROR_CODE error_code
#include "detail/asio.inc"
#undef ASIO_INC_NODISCARD
#undef ASIO_INC_ERROR_CATEGORY
#undef ASIO_INC_ERROR_CODE

} // namespace asio

namespace std {

template <> struct is_error_code_enum<asio::error::basic_errors> : true_type {};
template <> struct is_error_code_enum<asio::error::netdb_errors> : true_type {};
template <>
struct is_error_code_enum<asio::error::addrinfo_errors> : true_type {};
template <> struct is_error_code_enum<asio::error::misc_errors> : true_type {};
template <>
struct is_error_code_enum<asio::experimental::error::channel_errors>
    : true_type {};

template <typename T, typename Executor, typename... Args>
struct coroutine_traits<asio::awaitable<T, Executor>, Args...> {
  typedef asio::detail::awaitable_frame<T, Executor> promise_type;
};

} // namespace std

#endif
