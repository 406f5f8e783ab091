// RUN: %check %s async-hostile-across-suspend --config='{CheckOptions: {async-hostile-across-suspend.Types: "db::Snapshot"}}'

// What the project says of its own classes.

#include "cppcoro/task.hpp"

cppcoro::task<int> read();
void use(int);

namespace db {
struct Snapshot {
  ~Snapshot();
};
struct Cursor {
  ~Cursor();
};
} // namespace db

cppcoro::task<void> snapshot() {
  db::Snapshot snapshot;
  use(co_await read());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'snapshot' exists: the project's configuration says that it must not; other code runs on this thread meanwhile, and the coroutine may go on on another one; destroy it before the await [async-hostile-across-suspend]
}

cppcoro::task<void> cursor() {
  db::Cursor cursor;
  use(co_await read());
}
