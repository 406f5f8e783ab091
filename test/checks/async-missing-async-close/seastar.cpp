// RUN: %check %s async-missing-async-close

#include <seastar/core/coroutine.hh>
#include <seastar/core/gate.hh>
#include <seastar/core/sleep.hh>
#include <seastar/core/with_timeout.hh>
#include <seastar/coroutine/as_future.hh>

using namespace std::chrono_literals;

struct Listing {
  explicit Listing(int);
  Listing(Listing &&) noexcept;
  ~Listing();
  seastar::future<int> get();
  seastar::future<> close() noexcept;
};
void use(int);
void drain(Listing &);
void look(const Listing &);
template <class T> struct Closer {
  explicit Closer(T &);
  ~Closer();
};

seastar::future<> forgets_exceptions(int dir) {
  Listing list(dir);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'list' is destroyed when a co_await throws, before anybody has awaited 'close' of it: a 'Listing' can't wait in its destructor; await 'close' of it in a handler, too, and then throw again [async-missing-async-close]
  // CHECK-MESSAGES: :[[@LINE+1]]:18: note: an exception here leaves it open
  while (int n = co_await list.get())
    use(n);
  co_await list.close();
}
seastar::future<> parameter(Listing list) {
  // CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'list' is destroyed when a co_await throws
  co_await list.get();
  co_await seastar::sleep(1s);
  co_await list.close();
}
seastar::future<> returns(int dir) {
  Listing list(dir);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'list' is destroyed on some path before anybody has awaited 'close' of it: a 'Listing' can't wait in its destructor; await 'close' of it on each path
  // CHECK-MESSAGES: :[[@LINE+2]]:5: note: left here
  if (!co_await list.get())
    co_return;
  co_await list.close();
}
seastar::future<> in_a_block(int dir) {
  try {
    Listing list(dir);
    // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'list' is destroyed on some path
    co_await list.get();
    co_await list.get();
    co_await list.close();
  } catch (...) {
    use(0);
  }
}
seastar::future<> rethrows(int dir) {
  Listing list(dir);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'list' is destroyed on some path
  try {
    co_await list.get();
    co_await list.get();
  } catch (...) {
    use(0);
    throw;
  }
  co_await list.close();
}
seastar::future<> looked_at(int dir) {
  Listing list(dir);
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'list' is destroyed when a co_await throws
  co_await list.get();
  look(list);
  co_await list.get();
  co_await list.close();
}

seastar::future<> on_each_path(int dir) {
  Listing list(dir);
  std::exception_ptr error;
  try {
    while (int n = co_await list.get())
      use(n);
  } catch (...) {
    error = std::current_exception();
  }
  co_await list.close();
  if (error)
    std::rethrow_exception(error);
}
seastar::future<> as_future(int dir) {
  Listing list(dir);
  co_await seastar::coroutine::as_future(list.get());
  co_await list.close();
}
seastar::future<> later_as_future(int dir) {
  Listing list(dir);
  co_await list.get();
  auto next = co_await seastar::coroutine::as_future(list.get());
  co_await list.close();
  use(next.get());
}
// The first one fails before there is anything to close.
seastar::future<> only_opens(int dir) {
  Listing list(dir);
  co_await list.get();
  co_await list.close();
}
seastar::future<> before(int dir) {
  Listing list(dir);
  co_await seastar::sleep(1s);
  co_await list.get();
  co_await list.close();
}
seastar::future<> guarded(int dir) {
  Listing list(dir);
  Closer closer(list);
  co_await list.get();
  co_await list.get();
  co_await list.close();
}
seastar::future<> drained(int dir) {
  Listing list(dir);
  drain(list);
  co_await list.get();
  co_await list.get();
  co_await list.close();
}
seastar::future<> captured(int dir) {
  Listing list(dir);
  auto close = [&list] { return list.close(); };
  co_await list.get();
  co_await list.get();
  co_await close();
}
seastar::future<Listing> returned(int dir) {
  Listing list(dir);
  if (co_await list.get())
    co_return std::move(list);
  co_await list.close();
  co_return Listing(0);
}
// A copy stands for the same file.
struct File {
  File(int);
  File(const File &);
  File &operator=(const File &);
  seastar::future<int> size();
  seastar::future<> close();
};
struct Keeper {
  File Kept;
  seastar::future<> keeps(int dir) {
    File file(dir);
    co_await file.size();
    Kept = file;
    if (co_await file.size())
      co_return;
    co_await file.close();
  }
};
// Nobody says that it has to be closed.
seastar::future<> never(int dir) {
  Listing list(dir);
  co_await list.get();
  co_await list.get();
}
seastar::future<> behind_a_pointer(Listing &list) {
  co_await list.get();
  co_await list.get();
  co_await list.close();
}

seastar::future<> gate() {
  seastar::gate gate;
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'gate' is destroyed when a co_await throws
  auto holder = gate.hold();
  co_await seastar::sleep(1s);
  co_await gate.close();
}
seastar::future<> unused_gate() {
  seastar::gate gate;
  co_await seastar::sleep(1s);
}

// The last copy of a handle lets go.
struct Handle {
  explicit Handle(int);
  Handle(const Handle &);
  ~Handle();
  seastar::future<int> get();
  seastar::future<> close() noexcept;
};
seastar::future<> of_a_handle(int file) {
  Handle handle(file);
  use(co_await handle.get());
  co_await handle.close();
}

// Who owns a gate has to close it.
class Client {
  seastar::gate tasks;

public:
  seastar::future<> connect();
  seastar::future<> close();
  bool is_open() const;
};
seastar::future<> owns_a_gate() {
  Client client;
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'client' is destroyed before anybody has awaited 'close' of it
  co_await client.connect();
}
seastar::future<> closes_what_owns_a_gate() {
  Client client, unused;
  co_await client.connect();
  co_await client.close();
}

// What is in the gate may be there after the time is over.
seastar::future<> work();
seastar::future<> left_in_the_gate() {
  seastar::gate gate;
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'gate' is destroyed before anybody has awaited 'close' of it
  co_await seastar::with_timeout(std::chrono::steady_clock::now() + 1s,
                                 seastar::with_gate(gate, [] { return work(); }));
}
seastar::future<> left_in_the_gate_until_closed() {
  seastar::gate gate;
  try {
    co_await seastar::with_timeout(
        std::chrono::steady_clock::now() + 1s,
        seastar::with_gate(gate, [] { return work(); }));
  } catch (...) {
    use(0);
  }
  co_await gate.close();
}
seastar::future<> out_of_the_gate() {
  seastar::gate gate;
  co_await seastar::with_gate(gate, [] { return work(); });
}

// A template that another file instantiates has its destructor there, too.
[[noreturn]] void assertion_failed(const char *where);
template <class T> class Stream {
  bool IsEmpty = true;

public:
  Stream();
  Stream(Stream &&) noexcept;
  ~Stream() {
    if (!IsEmpty)
      assertion_failed(__PRETTY_FUNCTION__);
  }
  seastar::future<> write(T);
  seastar::future<> close() noexcept;
};
extern template class Stream<int>;
seastar::future<> never_closed() {
  Stream<int> stream;
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'stream' is destroyed before anybody has awaited 'close' of it
  co_await stream.write(1);
}
seastar::future<> closed_stream() {
  Stream<int> stream;
  co_await stream.write(1);
  co_await stream.close();
}
