// RUN: %check %s async-blocking-call --config "{CheckOptions: {async.Models: '%S/inputs/green.yaml'}}"

// Which calls an entry is about: by pattern, by object, in a macro; and what to
// do instead, when the entry itself says so.

#include "green.h"
#include "green_macros.h"
#include <memory>

struct Close {
  void operator()(green::db::Connection *) const;
};
using Handle = std::unique_ptr<green::db::Connection, Close>;

green::Job<int> direct(green::db::Connection *connection) {
  int rows = green::db::query(connection, "select 1");
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'green::db::query' blocks the thread that runs this coroutine, and every task on it: it waits for the database; use green::db::start_query [async-blocking-call]
  co_return rows;
}

// The entry's own advice is better than the general one, through a function,
// too.
int count(green::db::Connection *connection) {
  return green::db::query(connection, "select count(*)");
}
green::Job<int> through(green::db::Connection *connection) {
  co_return count(connection);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'count' blocks the thread that runs this coroutine, and every task on it: it waits for the database; use green::db::start_query [async-blocking-call]
  // CHECK-MESSAGES: :24:10: note: 'count' calls 'green::db::query' here, which blocks: it waits for the database
}

// A macro of a header that users don't see into: its use is what they see.
green::Job<int> macro(green::db::Connection *connection) {
  co_return GREEN_PING(connection);
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'green::db::query' blocks
}

// The object is the same behind a smart pointer: it has been asked whether
// there is something to wait for.
green::Job<int> polled(Handle handle) {
  green::db::poll(handle.get());
  co_return green::db::query(handle.get(), "select 2");
}
green::Job<int> not_polled(Handle handle, Handle other) {
  green::db::poll(other.get());
  co_return green::db::query(handle.get(), "select 3");
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'green::db::query' blocks
}

// Any function of a class with that name, but for what the entry excludes.
green::Job<> generated(green::Mail::Stub stub) {
  stub.send("hello");
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'green::Mail::Stub::send' blocks
  stub.send(green::Now());
  co_await green::write();
}

int synchronous(green::db::Connection *connection, green::Mail::Stub stub) {
  return GREEN_PING(connection) + stub.send("hello");
}
