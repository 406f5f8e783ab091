#ifndef CPPCORO_NET_SOCKET_HPP_INCLUDED
#define CPPCORO_NET_SOCKET_HPP_INCLUDED

#include "../io_service.hpp"
#include <cstddef>

namespace cppcoro::net {
class socket_recv_operation : public detail::awaiter<std::size_t> {};
class socket_recv_operation_cancellable : public detail::awaiter<std::size_t> {};

class socket {
public:
  [[nodiscard]] socket_recv_operation recv(void *buffer, std::size_t size) noexcept;
  [[nodiscard]] socket_recv_operation_cancellable recv(void *buffer, std::size_t size,
                                                       cancellation_token token) noexcept;
};
} // namespace cppcoro::net

#endif
