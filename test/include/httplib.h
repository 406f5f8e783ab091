// Imitation of cpp-httplib for tests.

#ifndef TEST_INCLUDE_HTTPLIB_H
#define TEST_INCLUDE_HTTPLIB_H

#include <functional>
#include <string>

namespace httplib {

struct Request {};
struct Response {};
struct Result {};

class Client {
public:
  explicit Client(const std::string &host);
  void set_read_timeout(int seconds);
  Result Get(const std::string &path);
  Result Post(const std::string &path, const std::string &body, const std::string &type);
};

class Server {
public:
  Server &Get(const std::string &pattern, std::function<void(const Request &, Response &)> handler);
  bool listen(const std::string &host, int port);
};

} // namespace httplib

#endif
