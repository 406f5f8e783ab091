#pragma once

#include <cstdint>
#include <string>

namespace folly {

class SocketAddress {
public:
  SocketAddress();
  SocketAddress(const std::string &host, uint16_t port,
                bool allowNameLookup = false);
  void setFromHostPort(const std::string &hostAndPort);
};

} // namespace folly
