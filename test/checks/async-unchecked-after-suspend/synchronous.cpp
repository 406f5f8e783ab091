// RUN: %check %s async-unchecked-after-suspend

#include <memory>

struct Connection {
  void send(int);
};
int next();

class Client {
public:
  void greet() {
    if (!connection_)
      return;
    int number = next();
    connection_->send(number);
  }
  void close() { connection_.reset(); }

private:
  std::shared_ptr<Connection> connection_;
};
