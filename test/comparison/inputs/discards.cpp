// Results that nobody waits for
//
// A task that is dropped has done nothing, if it is lazy, or is cancelled, or its
// error is lost.

#include "task.h"
#include <QCoroCore>
#include <asio.hpp>
#include <cppcoro/async_scope.hpp>
#include <cppcoro/static_thread_pool.hpp>
#include <cppcoro/task.hpp>
#include <cppcoro/when_all.hpp>
#include <folly/coro/Task.h>
#include <future>
#include <kj/async.h>
#include <seastar/core/coroutine.hh>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>
#include <winrt/Windows.Foundation.h>

using app::Task;

Task<> save(int Value);
Task<int> load();
cppcoro::task<> store(int Value);
folly::coro::Task<void> send(int Value);
seastar::future<> flush();
kj::Promise<void> pulse();
asio::awaitable<void> ping();
QCoro::Task<void> show();
winrt::Windows::Foundation::IAsyncAction notify();
app::FireAndForget beacon();
void log(const char *Text);

// CASE: a call of a project's own task
// DEFECT: the task is lazy, and nothing is saved
// REPORTS: async-unawaited-task
Task<> dropped() {
  save(1);
  co_return;
}

// CASE: a call of a task that is [[nodiscard]]
// DEFECT: the task is lazy, and nothing is stored
// REPORTS: async-unawaited-task, clang-diagnostic-unused-value
cppcoro::task<> droppedNodiscard() {
  store(1);
  co_return;
}

// CASE: a task of folly
// DEFECT: the task is lazy, and nothing is sent
// REPORTS: async-unawaited-task, clang-diagnostic-unused-value
folly::coro::Task<void> droppedFolly() {
  send(1);
  co_return;
}

// CASE: an awaitable of Asio
// DEFECT: the awaitable is lazy, and nothing is sent
// REPORTS: async-unawaited-task
asio::awaitable<void> droppedAsio() {
  ping();
  co_return;
}

// CASE: a promise of KJ
// DEFECT: a promise that is dropped is cancelled
// REPORTS: async-unawaited-task, clang-diagnostic-unused-value
kj::Promise<void> droppedPromise() {
  pulse();
  co_return;
}

// CASE: an operation with the token use_awaitable
// DEFECT: the timer is not even started
// REPORTS: async-unawaited-task
asio::awaitable<void> droppedOperation() {
  asio::steady_timer Timer(co_await asio::this_coro::executor);
  Timer.async_wait(asio::use_awaitable);
}

// CASE: a hop to another thread
// DEFECT: without co_await nothing hops, and the rest runs on the wrong thread
// REPORTS: async-unawaited-task
app::Pool Background;
Task<> droppedHop() {
  resume_on(Background);
  log("on the pool?");
  co_return;
}

// CASE: a hop to cppcoro's pool
// DEFECT: without co_await nothing hops, and the rest runs on the wrong thread
// REPORTS: async-unawaited-task, clang-diagnostic-unused-result
cppcoro::static_thread_pool Workers;
cppcoro::task<> droppedSchedule() {
  Workers.schedule();
  log("on the pool?");
  co_return;
}

// CASE: in a function that is no coroutine
// DEFECT: a lazy task does nothing here either
// REPORTS: async-unawaited-task
void fromOutside() { save(1); }

// CASE: cast to void
// DEFECT: the cast silences the compiler, and the task still does not run
// REPORTS: async-unawaited-task
Task<> castToVoid() {
  (void)save(1);
  co_return;
}

// CASE: assigned to std::ignore
// DEFECT: the same with another spelling
// REPORTS: async-unawaited-task
cppcoro::task<> ignored() {
  std::ignore = store(1);
  co_return;
}

// CASE: left of a comma
// DEFECT: the task is dropped
// REPORTS: async-unawaited-task
Task<> comma() {
  for (int I = 0; I < 3; save(I), ++I)
    co_await save(0);
}

// CASE: in both branches of ?:
// DEFECT: whichever it is, it is dropped
// REPORTS: async-unawaited-task
Task<> conditional(bool Yes) {
  Yes ? save(1) : save(2);
  co_return;
}

// CASE: in a template
// DEFECT: the instance drops a task
// REPORTS: async-unawaited-task
template <class T> Task<> inTemplate(T Value) {
  save(Value);
  co_return;
}
Task<> useTemplate() { co_await inTemplate(1); }

// CASE: in a lambda
// DEFECT: the lambda drops the task
// REPORTS: async-unawaited-task
void inLambda() {
  auto OnClick = [] { save(1); };
  OnClick();
}

// CASE: in a destructor
// DEFECT: a destructor can't await: the task is made, and destroyed
// REPORTS: async-unawaited-task
struct Connection {
  Task<> close();
  ~Connection() { close(); }
};

// CASE: a variable that nobody awaits
// DEFECT: the task is lazy, and destroyed at the end
// REPORTS: async-unawaited-variable
Task<> variable() {
  auto T = save(1);
  log("saved");
  co_return;
}

// CASE: a variable that is awaited on one path only
// DEFECT: when it is quiet, nothing is saved
// REPORTS: nothing
Task<> onePath(bool Quiet) {
  auto T = save(1);
  if (Quiet)
    co_return;
  log("saving");
  co_await std::move(T);
}

// CASE: a vector of tasks that nobody awaits
// DEFECT: all of them are lazy, and destroyed at the end
// REPORTS: async-unawaited-container
Task<> container() {
  std::vector<Task<>> Tasks;
  for (int I = 0; I < 3; ++I)
    Tasks.push_back(save(I));
  co_return;
}

// CASE: the task of another task
// DEFECT: the outer task is awaited, the one that it returns is dropped
// REPORTS: async-unawaited-task
Task<Task<>> prepare();
Task<> inner() { co_await prepare(); }

// CASE: a task of a std::error_code
// DEFECT: the task is lazy, and connects nothing
// REPORTS: async-unawaited-task, bugprone-unused-return-value
Task<std::error_code> connect();
Task<> droppedCode() {
  connect();
  co_return;
}

// CASE: std::async in a coroutine
// DEFECT: the future's destructor waits for the work, and so does the thread
// REPORTS: async-blocking-call, bugprone-unused-return-value,
//   clang-diagnostic-unused-result
int compute();
Task<> notBeside() {
  std::async(std::launch::async, compute);
  co_await save(1);
}

// CASE: awaited
// CORRECT: that is how it is done
// REPORTS: nothing
Task<int> awaited() {
  co_await save(1);
  co_return co_await load();
}

// CASE: a result that is awaited and dropped
// CORRECT: the task has run; that its number is of no interest is up to the
//   caller
// REPORTS: nothing
Task<> resultDropped() { co_await load(); }

// CASE: a variable that is awaited later
// CORRECT: each path awaits it
// REPORTS: nothing
Task<> later() {
  auto T = save(1);
  log("saving");
  co_await std::move(T);
}

// CASE: returned
// CORRECT: the caller gets the task
// REPORTS: nothing
Task<> returned() { return save(1); }

// CASE: a vector that is awaited
// CORRECT: the loop awaits each of them
// REPORTS: nothing
Task<> joined() {
  std::vector<Task<>> Tasks;
  for (int I = 0; I < 3; ++I)
    Tasks.push_back(save(I));
  for (auto &T : Tasks)
    co_await std::move(T);
}

// CASE: variables that go to when_all
// CORRECT: when_all awaits them
// REPORTS: nothing
cppcoro::task<> together() {
  auto First = store(1);
  auto Second = store(2);
  co_await cppcoro::when_all(std::move(First), std::move(Second));
}

// CASE: given to a scope
// CORRECT: the scope awaits it
// REPORTS: nothing
cppcoro::task<> scoped() {
  cppcoro::async_scope Scope;
  Scope.spawn(store(1));
  co_await Scope.join();
}

// CASE: spawned, detached
// CORRECT: that nobody waits is said, and the coroutine runs
// REPORTS: nothing
void spawned(asio::io_context &Io) { asio::co_spawn(Io, ping(), asio::detached); }

// CASE: a coroutine that is made to be dropped
// CORRECT: it runs at once, and frees itself
// REPORTS: nothing
void fired() { beacon(); }

// CASE: a future of Seastar, cast to void
// CORRECT: Seastar's documented way to let work go on in the background
// REPORTS: nothing
seastar::future<> background() {
  (void)flush();
  co_return;
}

// CASE: an IAsyncAction of C++/WinRT
// CORRECT: it has been started, and goes on; nothing is lost but its error
// REPORTS: nothing
void started() { notify(); }

// CASE: a promise of KJ that is detached
// CORRECT: it goes on, and says what is done with errors
// REPORTS: nothing
void detached() {
  pulse().detach([](kj::Exception &&) { log("failed"); });
}

// CASE: an operation with a callback
// CORRECT: the callback is told; the call returns nothing
// REPORTS: nothing
void callback(asio::steady_timer &Timer) {
  Timer.async_wait([](std::error_code) { log("time is up"); });
}
