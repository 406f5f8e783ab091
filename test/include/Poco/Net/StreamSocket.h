// Imitation of POCO for tests.

#ifndef TEST_INCLUDE_POCO_NET_STREAMSOCKET_H
#define TEST_INCLUDE_POCO_NET_STREAMSOCKET_H

namespace Poco::Net {

class Socket {
public:
  void setBlocking(bool);
};

class StreamSocket : public Socket {
public:
  int receiveBytes(void *buffer, int length, int flags = 0);
};

} // namespace Poco::Net

#endif
