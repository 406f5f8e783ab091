// RUN: %check %s async-this-across-suspend

#include <asio.hpp>
#include <coro/coro.hpp>
#include <cppcoro/task.hpp>
#include <folly/coro/Task.h>
#include <memory>
#include <optional>
#include <seastar/core/coroutine.hh>
#include <seastar/core/sleep.hh>

//===-- cppcoro -----------------------------------------------------------===//

cppcoro::task<int> bytes();

class Link {
public:
  Link(const Link &) = delete;
  Link();
  cppcoro::task<int> read() {
    int n = co_await bytes();
    received_ += n;
    co_return n;
  }
  // It is done with its object when it is suspended.
  cppcoro::task<int> size() {
    int before = received_;
    int n = co_await bytes();
    co_return n + before;
  }
  static cppcoro::task<int> probe();
  cppcoro::task<> closed();
  void close();

private:
  int received_ = 0;
};

class Client {
public:
  cppcoro::task<> run() {
    while (link_)
      co_await link_->read();
    // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'Client::stop' may destroy the object in 'link_' while 'Link::read' is suspended, which uses it later; keep the object until the coroutine has ended [async-this-across-suspend]
  }
  cppcoro::task<> peek() {
    co_await link_->size();
    co_await link_->probe();
  }
  // Nobody sees to it that reads have ended when they are told to.
  void stop() {
    link_->close();
    link_.reset();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: note: destroyed here
  }

private:
  std::unique_ptr<Link> link_;
};

//===-- Seastar, libcoro, folly, Asio -------------------------------------===//

struct Session {
  Session(const Session &) = delete;
  int count = 0;
  seastar::future<> serve() {
    using namespace std::chrono_literals;
    co_await seastar::sleep(1s);
    ++count;
  }
};
struct Server {
  std::optional<Session> current;
  seastar::future<> serve() {
    if (current)
      co_await current->serve();
    // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'Server::drop' may destroy the object in 'current' while 'Session::serve' is suspended
  }
  void drop() { current = std::nullopt; }
};

coro::task<void> tick();
struct Job {
  int rounds = 0;
  coro::task<void> run() {
    co_await tick();
    ++rounds;
  }
};
struct Worker {
  std::unique_ptr<Job> job;
  coro::task<void> run() {
    co_await job->run();
    // CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Worker::cancel' may destroy the object in 'job' while 'Job::run' is suspended
  }
  // Where it fails is no matter of the job's.
  void cancel(bool failed) {
    if (failed)
      job = nullptr;
  }
};

folly::coro::Task<void> pause_for_a_while();
struct Stream {
  int seen = 0;
  folly::coro::Task<int> next() {
    co_await pause_for_a_while();
    co_return ++seen;
  }
};
template <class T> struct Reader {
  std::unique_ptr<T> stream;
  folly::coro::Task<int> read() {
    co_return co_await stream->next();
    // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'Reader::detach' may destroy the object in 'stream' while 'Stream::next' is suspended
  }
  void detach() { stream.reset(); }
};
folly::coro::Task<int> reads(Reader<Stream> &reader) { co_return co_await reader.read(); }
void detaches(Reader<Stream> &reader) { reader.detach(); }

asio::awaitable<void> wait_for_data();
struct Peer {
  int frames = 0;
  asio::awaitable<void> receive() {
    co_await wait_for_data();
    ++frames;
  }
};
struct Pool {
  std::unique_ptr<Peer> peer;
  asio::awaitable<void> receive() {
    co_await (*peer).receive();
    // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'Pool::on_timeout' may destroy the object in 'peer' while 'Peer::receive' is suspended
  }
  void on_timeout() { peer = nullptr; }
};

//===-- Right -------------------------------------------------------------===//

// Only the coroutine itself, when it has awaited the work.
struct OnItsOwn {
  std::unique_ptr<Link> link;
  cppcoro::task<> run() {
    co_await link->read();
    link.reset();
  }
};

// Others have it, too.
struct Shared {
  std::shared_ptr<Link> link;
  cppcoro::task<> run() { co_await link->read(); }
  void stop() { link.reset(); }
};

// Whoever empties it waits for the end of the work first.
struct Waits {
  std::unique_ptr<Link> link;
  cppcoro::task<> run() { co_await link->read(); }
  cppcoro::task<> stop() {
    link->close();
    co_await link->closed();
    link.reset();
  }
};

// It knows whether somebody is at work.
struct Knows {
  std::unique_ptr<Link> link;
  bool reading = false;
  cppcoro::task<> run() {
    reading = true;
    co_await link->read();
    reading = false;
  }
  void stop() {
    if (!reading)
      link.reset();
  }
};

// Destructors end the coroutines of their object in ways of their own.
struct InDestructor {
  std::unique_ptr<Link> link;
  cppcoro::task<> run() { co_await link->read(); }
  ~InDestructor() { link.reset(); }
};

// The function that empties it is what calls the coroutine.
struct ByCaller {
  std::unique_ptr<Link> link;
  cppcoro::task<> run() {
    co_await once();
    link.reset();
  }

private:
  cppcoro::task<> once() { co_await link->read(); }
};

// It is never emptied.
struct Kept {
  std::unique_ptr<Link> link;
  cppcoro::task<> run() { co_await link->read(); }
};
