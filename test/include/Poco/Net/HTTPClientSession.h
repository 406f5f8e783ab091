// Imitation of POCO for tests.

#ifndef TEST_INCLUDE_POCO_NET_HTTPCLIENTSESSION_H
#define TEST_INCLUDE_POCO_NET_HTTPCLIENTSESSION_H

#include <istream>
#include <string>

namespace Poco::Net {

class HTTPRequest {};
class HTTPResponse {};

class HTTPClientSession {
public:
  explicit HTTPClientSession(const std::string &host);
  virtual std::ostream &sendRequest(HTTPRequest &request);
  virtual std::istream &receiveResponse(HTTPResponse &response);
};

} // namespace Poco::Net

#endif
