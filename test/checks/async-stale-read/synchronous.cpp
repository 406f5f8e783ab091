// RUN: %check %s async-stale-read

#include <memory>

struct Connection {};
std::shared_ptr<Connection> dial();

class Client {
public:
  void connect() {
    if (!connection_)
      connection_ = dial();
  }

private:
  std::shared_ptr<Connection> connection_;
};
