// RUN: %check %s async-cross-thread-write

#include <seastar/core/coroutine.hh>
#include <seastar/core/sharded.hh>
#include <seastar/core/smp.hh>
#include <atomic>

using seastar::future;

struct Stats {
  int sent = 0;
  std::atomic<int> total{0};
};
void count(Stats &);
void print(const Stats &);

class Service : public seastar::peering_sharded_service<Service> {
public:
  future<> increments() {
    co_await container().invoke_on(0, [this](Service &other) {
      // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: this submitted function changes 'Number' of the object that sends it to another thread, and nothing protects that: of 'Service', every shard has one of its own; return what is to be changed, and change it here [async-cross-thread-write]
      ++Number;
      ++other.Number;
    });
  }
  future<> in_a_coroutine(int value) {
    co_await container().invoke_on(0, [&](Service &) -> future<> {
      // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: this submitted function changes 'Number'
      Number = value;
      co_return;
    });
  }
  future<> a_part_of_it() {
    co_await seastar::smp::submit_to(1, [=, this] { Own.sent += 1; });
    // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: this submitted function changes 'Own'
  }
  future<> given_to_another() {
    auto work = [this] { count(Own); };
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: this submitted function changes 'Own'
    co_await seastar::smp::submit_to(1, work);
  }
  future<> generic() {
    co_await container().invoke_on(0, [this](auto &) { Number -= 1; });
    // CHECK-MESSAGES: :[[@LINE-1]]:39: warning: this submitted function changes 'Number'
  }

  // The other shard's own, or what is only read.
  future<> correct() {
    co_await container().invoke_on(0, [](Service &other) { ++other.Number; });
    co_await container().invoke_on(0, [this](Service &other) {
      other.Number = Number;
      print(Own);
    });
    co_await container().invoke_on(0, [number = Number](Service &other) mutable {
      other.Number = ++number;
    });
    // What it refers to has a thread of its own.
    co_await container().invoke_on(0, [this](Service &) {
      ++*Elsewhere;
      ++Everybodys;
      Atomic = 1;
    });
    co_await container().invoke_on(0, [copy = *this](Service &) mutable {
      ++copy.Number;
    });
    // On this shard.
    [this] { ++Number; }();
    co_await seastar::futurize_invoke([this] { ++Number; });
  }

private:
  Service(const Service &);
  int Number = 0;
  int *Elsewhere = nullptr;
  static int Everybodys;
  std::atomic<int> Atomic;
  Stats Own;
};

// Nothing is known of who owns this one.
class Loader {
public:
  future<> load() {
    co_await seastar::smp::submit_to(0, [this] { ++Number; });
  }

private:
  int Number = 0;
};
