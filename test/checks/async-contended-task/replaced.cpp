// RUN: %check %s async-contended-task

#include <coro/coro.hpp>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/shared_task.hpp>
#include <cppcoro/task.hpp>
#include <memory>
#include <seastar/core/coroutine.hh>
#include <seastar/core/future.hh>

// One write after the other: each call waits for what the last one has left.
class Journal {
public:
  cppcoro::task<> append(int record) {
    co_await last_;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'last_' is awaited in place, and another call of 'Journal::append' may replace it meanwhile; await a copy [async-contended-task]
    // CHECK-NOTES: :[[@LINE-2]]:14: warning: 'last_' is awaited
    // CHECK-NOTES-NEXT: :[[@LINE+1]]:11: note: replaced here
    last_ = write(record);
    co_await last_;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'last_' is awaited in place, and another call of 'Journal::append'
  }
  cppcoro::task<> flush() {
    co_await last_;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'last_' is awaited in place, and 'Journal::append' may replace it meanwhile; await a copy
  }
  cppcoro::task<> close() {
    auto last = last_;
    co_await last;
  }

private:
  cppcoro::shared_task<> write(int record);
  cppcoro::shared_task<> last_;
};

struct Printer {
  static coro::task<> print(std::shared_ptr<Printer> self, int page) {
    co_await self->job;
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'self->job' is awaited in place
    self->job = self->render(page);
    if (page > 1)
      co_await self->job;
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'self->job' is awaited in place
  }
  coro::task<> render(int page);
  coro::task<> job;
};

template <class Record> class Log {
public:
  cppcoro::task<> add(Record record) {
    co_await last_;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'last_' is awaited in place
    last_ = write(record);
    co_await last_;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'last_' is awaited in place
  }

private:
  cppcoro::shared_task<> write(Record record);
  cppcoro::shared_task<> last_;
};
template class Log<int>;
template class Log<long>;

// Right: a copy, which nobody replaces.
class Copies {
public:
  cppcoro::task<> append(int record) {
    auto last = last_;
    co_await last;
    last_ = write(record);
    auto mine = last_;
    co_await mine;
  }

private:
  cppcoro::shared_task<> write(int record);
  cppcoro::shared_task<> last_;
};

// One call at a time.
class Locked {
public:
  cppcoro::task<> append(int record) {
    auto lock = co_await mutex_.scoped_lock_async();
    co_await last_;
    last_ = write(record);
    co_await last_;
  }

private:
  cppcoro::async_mutex mutex_;
  cppcoro::shared_task<> write(int record);
  cppcoro::shared_task<> last_;
};

// Nobody waits for what another call has left.
class Once {
public:
  cppcoro::task<> run() {
    loop_ = serve();
    co_await loop_;
  }
  cppcoro::task<> stop() { co_await loop_; }
  // One step ahead, and only here.
  cppcoro::task<> steps() {
    for (;;) {
      co_await next_;
      next_ = step();
    }
  }
  // Whoever comes first starts it.
  cppcoro::task<> refresh() {
    if (!fresh_)
      next_ = step();
    fresh_ = true;
    co_await next_;
  }

private:
  cppcoro::task<> serve();
  cppcoro::task<> step();
  cppcoro::task<> loop_, next_;
  bool fresh_ = false;
};

// The awaiter has the future then.
class Moved {
public:
  seastar::future<> append(int record) {
    co_await std::move(last_);
    last_ = write(record);
    co_await std::move(last_);
  }

private:
  seastar::future<> write(int record);
  seastar::future<> last_;
};

// An object of its own.
cppcoro::task<> local(cppcoro::shared_task<> first,
                      cppcoro::shared_task<> second) {
  struct {
    cppcoro::shared_task<> task;
  } own{first};
  co_await own.task;
  own.task = second;
  co_await own.task;
}
