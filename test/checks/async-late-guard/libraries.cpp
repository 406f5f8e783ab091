// RUN: %check %s async-late-guard
// Tasks that have not begun, and guards of which no model knows.

#include "task.h"
#include <boost/asio.hpp>
#include <cppcoro/async_mutex.hpp>
#include <cppcoro/task.hpp>
#include <seastar/core/gate.hh>

struct Gate {
  struct Holder {
    ~Holder();
  };
  Holder hold();
};
app::Task<> lazy();
app::EagerTask<> eager();
cppcoro::task<> work();
boost::asio::awaitable<void> read();

app::Task<> with_a_gate_of_seastar(seastar::gate &Open) {
  auto Work = lazy();
  auto H = Open.hold();
  co_await std::move(Work);
}
app::Task<> with_an_unknown_gate(Gate &Open) {
  auto Work = eager();
  auto H = Open.hold();
  co_await Work;
}
cppcoro::task<> with_cppcoro(cppcoro::async_mutex &Mutex) {
  auto Work = work();
  co_await Mutex.lock_async();
  co_await std::move(Work);
}
boost::asio::awaitable<void> with_asio(seastar::gate &Open) {
  auto Work = read();
  auto H = Open.hold();
  co_await std::move(Work);
}
