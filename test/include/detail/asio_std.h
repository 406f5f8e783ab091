// Standard library headers behind the imitation Asio headers. Parse time
// matters here: <future> brings the parts of <chrono> (durations, clocks and
// literals) and <memory> (smart pointers) that the declarations need, at half
// the price of the full headers.

#ifndef TEST_INCLUDE_DETAIL_ASIO_STD_H
#define TEST_INCLUDE_DETAIL_ASIO_STD_H

#include <array>
#include <cerrno>
#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <future>
#include <iterator>
#include <new>
#include <streambuf>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#endif
