// RUN: %check %s async-work-in-destructor

#include "task.h"
#include <QCoroCore>
#include <boost/asio.hpp>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>
#include <memory>

namespace asio = boost::asio;

class Journal {
public:
  ~Journal() { (void)flush(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'Journal::flush' uses this object when it has been suspended, and that is gone when its destructor returns; let the owner await the work before it destroys the object [async-work-in-destructor]
  // CHECK-MESSAGES: :[[@LINE+5]]:5: note: used here
  // CHECK-MESSAGES: :[[@LINE+3]]:5: note: suspended here
private:
  seastar::future<> flush() {
    co_await seastar::sleep(std::chrono::seconds(1));
    Pending = 0;
  }
  int Pending = 0;
};

class Connection {
public:
  explicit Connection(asio::io_context &Loop) : Loop(Loop) {}
  ~Connection() { asio::co_spawn(Loop, goodbye(), asio::detached); }
  // CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'Connection::goodbye' uses this object when it has been suspended
  // CHECK-MESSAGES: :[[@LINE+5]]:5: note: used here
  // CHECK-MESSAGES: :[[@LINE+3]]:5: note: suspended here
private:
  asio::awaitable<void> goodbye() {
    co_await write();
    Open = false;
  }
  asio::awaitable<void> write();
  asio::io_context &Loop;
  bool Open = true;
};

class Widget {
public:
  ~Widget() {
    save();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::save' uses this object when it has been suspended
    // CHECK-MESSAGES: :[[@LINE+6]]:5: note: used here
    // CHECK-MESSAGES: :[[@LINE+4]]:5: note: suspended here
  }
private:
  QCoro::Task<> save() {
    co_await write();
    Saved = true;
  }
  QCoro::Task<> write();
  bool Saved = false;
};

//===-- Right -------------------------------------------------------------===//

class UsedBefore {
public:
  ~UsedBefore() { (void)flush(); }

private:
  seastar::future<> flush() {
    Pending = 0;
    co_await seastar::sleep(std::chrono::seconds(1));
  }
  int Pending = 0;
};

class OtherObject {
public:
  ~OtherObject() { (void)Log->flush(); }

private:
  struct Sink {
    seastar::future<> flush() {
      co_await seastar::sleep(std::chrono::seconds(1));
      Pending = 0;
    }
    int Pending = 0;
  };
  std::shared_ptr<Sink> Log;
};

class Parameters {
public:
  ~Parameters() { (void)flush(std::move(Data)); }

private:
  seastar::future<> flush(std::unique_ptr<int> What) {
    co_await seastar::sleep(std::chrono::seconds(1));
    *What = 0;
  }
  std::unique_ptr<int> Data;
};

class Closed {
public:
  seastar::future<> close() { co_await flush(); }
  ~Closed() {}

private:
  seastar::future<> flush() {
    co_await seastar::sleep(std::chrono::seconds(1));
    Pending = 0;
  }
  int Pending = 0;
};
