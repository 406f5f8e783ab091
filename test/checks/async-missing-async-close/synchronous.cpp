// RUN: %check %s async-missing-async-close

// The same code without coroutines: a destructor can do what close() does.

#include <exception>

class Pool {
  bool IsOpen = false;

public:
  ~Pool() {
    if (IsOpen)
      std::terminate();
  }
  void connect();
  int query();
  void close();
};

void forgets_exceptions() {
  Pool pool;
  pool.connect();
  pool.query();
  pool.close();
}
void forgets() {
  Pool pool;
  pool.connect();
}
