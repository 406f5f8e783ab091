// Locks that are held across a suspension
//
// A thread's mutex that a suspended coroutine holds stays locked for as long as
// it is suspended: whoever wants it next blocks its thread, often the one that
// would resume the coroutine. If another thread does, the mutex is unlocked by a
// thread that does not own it.

#include "task.h"
#include <asio.hpp>
#include <chrono>
#include <coro/coro.hpp>
#include <cppcoro/async_mutex.hpp>
#include <folly/coro/Sleep.h>
#include <folly/coro/Task.h>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <seastar/core/coroutine.hh>
#include <seastar/core/semaphore.hh>
#include <shared_mutex>
#include <vector>

using app::Task;

Task<> save(int Value);
Task<int> load();
Task<> backoff();
app::AsyncGenerator<int> numbers();

std::mutex Mutex, Other;
std::shared_mutex Shared;
int Total = 0;
std::vector<int> Queue;

// A lock as several projects have it, after which a coroutine waits in a queue
// of its own and no thread is blocked.
class AsyncMutex {
public:
  Task<std::unique_lock<AsyncMutex>> scopedLock();
  bool try_lock() noexcept;
  void unlock() noexcept;
};

AsyncMutex Async;

struct Transaction {
  std::unique_lock<std::mutex> Lock;
  int Value = 0;
};

std::unique_lock<std::mutex> lockTotal() {
  return std::unique_lock<std::mutex>(Mutex);
}

// Unlocks what an await has locked.
template <class M> struct Unlocks {
  M &Locked;
  ~Unlocks() { Locked.unlock(); }
};

void addLocked(std::unique_lock<std::mutex> Lock) { ++Total; }

void add(int N) {
  std::lock_guard<std::mutex> Lock(Mutex);
  Total += N;
}

// CASE: std::lock_guard, then an await
// DEFECT: the mutex stays locked until save() is done
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock,
//   misc-coroutine-hostile-raii
Task<> lockGuard() {
  std::lock_guard<std::mutex> Lock(Mutex);
  ++Total;
  co_await save(Total);
}

// CASE: std::unique_lock, then an await
// DEFECT: the mutex stays locked until save() is done
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock
Task<> uniqueLock() {
  std::unique_lock<std::mutex> Lock(Mutex);
  ++Total;
  co_await save(Total);
}

// CASE: std::scoped_lock of two mutexes
// DEFECT: both stay locked until save() is done
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock,
//   misc-coroutine-hostile-raii
Task<> scopedLock() {
  std::scoped_lock<std::mutex, std::mutex> Lock(Mutex, Other);
  ++Total;
  co_await save(Total);
}

// CASE: class template argument deduction
// DEFECT: the same lock_guard, as it is mostly written since C++17
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> deduced() {
  std::lock_guard Lock(Mutex);
  ++Total;
  co_await save(Total);
}

// CASE: scoped_lock with deduced arguments
// DEFECT: the same scoped_lock, as it is mostly written
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> deducedScoped() {
  std::scoped_lock Lock(Mutex);
  co_await save(++Total);
}

// CASE: auto and a constructor
// DEFECT: auto is unique_lock
// REPORTS: async-lock-across-suspend
Task<> autoLock() {
  auto Lock = std::unique_lock(Mutex);
  ++Total;
  co_await save(Total);
}

// CASE: an alias of the project
// DEFECT: the alias is lock_guard
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
using Guard = std::lock_guard<std::mutex>;
Task<> alias() {
  Guard Lock(Mutex);
  ++Total;
  co_await save(Total);
}

// CASE: a guard in the condition of an if
// DEFECT: the guard lives to the end of the if, and the await is in it
// REPORTS: async-lock-across-suspend
Task<> ifInit() {
  if (std::lock_guard Lock(Mutex); Total > 10)
    co_await save(Total);
}

// CASE: std::shared_lock
// DEFECT: a suspended reader blocks each writer's thread
// REPORTS: async-lock-across-suspend
Task<> sharedLock() {
  std::shared_lock Lock(Shared);
  co_await save(Total);
}

// CASE: a recursive mutex
// DEFECT: another coroutine on this thread walks right in, or others block
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock,
//   misc-coroutine-hostile-raii
std::recursive_mutex Recursive;
Task<> recursive() {
  std::lock_guard<std::recursive_mutex> Lock(Recursive);
  ++Total;
  co_await save(Total);
}

// CASE: a guard that is a member of a local object
// DEFECT: the visit holds the mutex to the end of the function
// REPORTS: async-lock-across-suspend
struct Visit {
  explicit Visit(std::mutex &M) : Lock(M) {}
  std::lock_guard<std::mutex> Lock;
  int Value = 0;
};
Task<> memberGuard() {
  Visit V(Mutex);
  V.Value = Total;
  co_await save(V.Value);
}

// CASE: a lock that is a member of a local object
// DEFECT: the transaction holds the mutex to the end of the function
// REPORTS: nothing
Task<> memberLock() {
  Transaction T{std::unique_lock(Mutex)};
  T.Value = Total;
  co_await save(T.Value);
}

// CASE: a guard on the heap
// DEFECT: it lives as long as the unique_ptr
// REPORTS: async-lock-across-suspend
Task<> heapGuard() {
  auto Lock = std::make_unique<std::lock_guard<std::mutex>>(Mutex);
  co_await save(++Total);
}

// CASE: a guard in a std::optional
// DEFECT: it is engaged at the await
// REPORTS: async-lock-across-suspend
Task<> optionalGuard() {
  std::optional<std::lock_guard<std::mutex>> Lock;
  Lock.emplace(Mutex);
  co_await save(++Total);
}

// CASE: a guard that a function returns
// DEFECT: lockTotal() hands over a lock that is held
// REPORTS: async-lock-across-suspend
Task<> returnedGuard() {
  auto Lock = lockTotal();
  co_await save(++Total);
}

// CASE: lock() and unlock() by hand
// DEFECT: the same without a guard
// REPORTS: async-lock-across-suspend
Task<> byHand() {
  Mutex.lock();
  ++Total;
  co_await save(Total);
  Mutex.unlock();
}

// CASE: try_lock() that was successful
// DEFECT: in the branch the mutex is held
// REPORTS: async-lock-across-suspend
Task<> tryLock() {
  if (Mutex.try_lock()) {
    co_await save(++Total);
    Mutex.unlock();
  }
}

// CASE: try_to_lock, and the lock is tested
// DEFECT: behind the test the mutex is held
// REPORTS: async-lock-across-suspend
Task<> tryToLock() {
  std::unique_lock Lock(Mutex, std::try_to_lock);
  if (!Lock.owns_lock())
    co_return;
  co_await save(++Total);
}

// CASE: std::lock() and adopt_lock
// DEFECT: the guards adopt two mutexes that are locked
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> adopted() {
  std::lock(Mutex, Other);
  std::lock_guard First(Mutex, std::adopt_lock);
  std::lock_guard Second(Other, std::adopt_lock);
  co_await save(++Total);
}

// CASE: defer_lock, locked before the await
// DEFECT: lock() was called
// REPORTS: async-lock-across-suspend
Task<> deferredThenLocked() {
  std::unique_lock Lock(Mutex, std::defer_lock);
  Lock.lock();
  co_await save(++Total);
}

// CASE: an await in a loop in the guard's scope
// DEFECT: the guard is alive in each round
// REPORTS: async-iterator-across-suspend, async-lock-across-suspend,
//   misc-coroutine-hostile-raii
Task<> outerGuard() {
  std::lock_guard Lock(Mutex);
  for (int Value : Queue) {
    if (Value > 0)
      co_await save(Value);
  }
}

// CASE: a guard in the body of a loop
// DEFECT: it is released only at the end of the round, behind the await
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> guardPerRound() {
  for (int Round = 0; Round < 3; ++Round) {
    std::lock_guard Lock(Mutex);
    co_await save(++Total);
  }
}

// CASE: locked at the end of the round, awaited at the start of the next one
// DEFECT: the second round awaits with the mutex locked
// REPORTS: async-lock-across-suspend
Task<> heldIntoNextRound() {
  std::unique_lock Lock(Mutex, std::defer_lock);
  while (Total < 10) {
    co_await save(Total);
    if (!Lock)
      Lock.lock();
    ++Total;
  }
}

// CASE: unlocked in one branch only
// DEFECT: without anything in the queue, it awaits with the mutex locked
// REPORTS: async-lock-across-suspend
Task<> oneBranch() {
  std::unique_lock Lock(Mutex);
  if (!Queue.empty()) {
    Total = Queue.back();
    Lock.unlock();
  }
  co_await save(Total);
}

// CASE: unlocked, and locked again too early
// DEFECT: the second await is under the lock
// REPORTS: async-lock-across-suspend
Task<> lockedAgain() {
  std::unique_lock Lock(Mutex);
  ++Total;
  Lock.unlock();
  co_await backoff();
  Lock.lock();
  co_await save(Total);
}

// CASE: moved to a guard that lives longer
// DEFECT: the lock has another owner, and is still held
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock
Task<> movedWithin() {
  std::unique_lock<std::mutex> Outer;
  {
    std::unique_lock Inner(Mutex);
    ++Total;
    Outer = std::move(Inner);
  }
  co_await save(Total);
}

// CASE: a generator that yields under a lock
// DEFECT: the mutex is locked while the consumer does what it likes
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
app::Generator<int> yields() {
  std::lock_guard Lock(Mutex);
  for (int Value : Queue)
    co_yield Value;
}

// CASE: a template of any mutex
// DEFECT: it is instantiated with std::mutex
// REPORTS: async-lock-across-suspend, cppcoreguidelines-no-suspend-with-lock,
//   misc-coroutine-hostile-raii
template <class M> Task<> inTemplate(std::shared_ptr<M> Any) {
  std::lock_guard<M> Lock(*Any);
  co_await save(++Total);
}
Task<> useTemplate() { co_await inTemplate(std::make_shared<std::mutex>()); }

// CASE: in a lambda that is a coroutine
// DEFECT: the same, in the lambda
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
void inLambda(std::vector<std::function<Task<>()>> &Handlers) {
  Handlers.push_back([]() -> Task<> {
    std::lock_guard Lock(Mutex);
    co_await save(++Total);
  });
}

// CASE: the await is part of the expression that needs the lock
// DEFECT: the mutex is locked while load() runs
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> inExpression() {
  std::lock_guard Lock(Mutex);
  Total += co_await load();
}

// CASE: co_return co_await
// DEFECT: the guard is destroyed when the result is there
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<int> inReturn() {
  std::lock_guard Lock(Mutex);
  co_return co_await load();
}

// CASE: in a try block
// DEFECT: the guard lives to the end of the block
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
Task<> inTry() {
  try {
    std::lock_guard Lock(Mutex);
    co_await save(++Total);
  } catch (const std::exception &) {
    Total = 0;
  }
}

// CASE: an operation of Asio
// DEFECT: other handlers of the io_context that want the mutex block it
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
asio::awaitable<void> inAsio() {
  asio::steady_timer Timer(co_await asio::this_coro::executor);
  std::lock_guard Lock(Mutex);
  Timer.expires_after(std::chrono::seconds(1));
  co_await Timer.async_wait(asio::use_awaitable);
}

// CASE: a folly coroutine
// DEFECT: it may be resumed, and unlock the mutex, on another thread
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
folly::coro::Task<void> inFolly() {
  std::lock_guard Lock(Mutex);
  co_await folly::coro::sleep(std::chrono::milliseconds(10));
}

// CASE: pthread_mutex_lock()
// DEFECT: the same in C
// REPORTS: async-lock-across-suspend
pthread_mutex_t Plain = PTHREAD_MUTEX_INITIALIZER;
Task<> inC() {
  pthread_mutex_lock(&Plain);
  co_await save(++Total);
  pthread_mutex_unlock(&Plain);
}

// CASE: a guard of the project
// DEFECT: the class locks the mutex in its constructor, and unlocks it in its
//   destructor
// REPORTS: async-lock-across-suspend
class TotalGuard {
public:
  TotalGuard() { Mutex.lock(); }
  ~TotalGuard() { Mutex.unlock(); }
};
Task<> ownGuard() {
  TotalGuard Lock;
  co_await save(++Total);
}

// CASE: a guard that is annotated for thread safety analysis
// DEFECT: scoped_lockable says that it is a guard
// REPORTS: async-lock-across-suspend, misc-coroutine-hostile-raii
class __attribute__((scoped_lockable)) Annotated {
public:
  explicit Annotated(std::mutex &M) : Held(M) { Held.lock(); }
  ~Annotated() { Held.unlock(); }

private:
  std::mutex &Held;
};
Task<> annotatedGuard() {
  Annotated Lock(Mutex);
  co_await save(++Total);
}

// CASE: an async generator is asked for its next value under a lock
// DEFECT: next() suspends
// REPORTS: async-lock-across-suspend
Task<> inWhile() {
  auto G = numbers();
  std::lock_guard Lock(Mutex);
  while (auto Value = co_await G.next())
    Total += *Value;
}

// CASE: a block of its own
// CORRECT: the guard is gone before the await
// REPORTS: nothing
Task<> ownBlock() {
  int Now;
  {
    std::lock_guard Lock(Mutex);
    Now = ++Total;
  }
  co_await save(Now);
}

// CASE: unlock() before the await
// CORRECT: the mutex is not held at the await
// REPORTS: nothing
Task<> unlockedBefore() {
  std::unique_lock Lock(Mutex);
  const int Now = ++Total;
  Lock.unlock();
  co_await save(Now);
}

// CASE: unlocked for the await only
// CORRECT: it is locked again behind it
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> unlockedAround() {
  std::unique_lock<std::mutex> Lock(Mutex);
  const int Now = Total;
  Lock.unlock();
  co_await save(Now);
  Lock.lock();
  ++Total;
}

// CASE: unlocked in each branch
// CORRECT: there is no way to the await on which it is held
// REPORTS: nothing
Task<> eachBranch() {
  std::unique_lock Lock(Mutex);
  if (Queue.empty()) {
    Lock.unlock();
  } else {
    Total = Queue.back();
    Lock.unlock();
  }
  co_await save(Total);
}

// CASE: defer_lock, locked behind the await
// CORRECT: nothing is locked at the await
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> deferred() {
  std::unique_lock<std::mutex> Lock(Mutex, std::defer_lock);
  const int Value = co_await load();
  Lock.lock();
  Total += Value;
}

// CASE: a lock without a mutex
// CORRECT: it gets one behind the await
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> assignedLater() {
  std::unique_lock<std::mutex> Lock;
  const int Value = co_await load();
  Lock = std::unique_lock(Mutex);
  Total += Value;
}

// CASE: try_to_lock that was not successful
// CORRECT: the await is where the mutex is not held
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> notOwned() {
  std::unique_lock<std::mutex> Lock(Mutex, std::try_to_lock);
  if (!Lock) {
    co_await backoff();
    co_return;
  }
  ++Total;
}

// CASE: try_lock() until it is successful
// CORRECT: it awaits only while it does not have the mutex
// REPORTS: nothing
Task<> untilOwned() {
  while (!Mutex.try_lock())
    co_await backoff();
  ++Total;
  Mutex.unlock();
}

// CASE: moved into a function
// CORRECT: addLocked() takes the lock, and it is released when that returns
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> movedAway() {
  std::unique_lock<std::mutex> Lock(Mutex);
  addLocked(std::move(Lock));
  co_await save(1);
}

// CASE: release() and unlock()
// CORRECT: the mutex is unlocked by hand
// REPORTS: nothing
Task<> released() {
  std::unique_lock Lock(Mutex);
  const int Now = ++Total;
  Lock.release()->unlock();
  co_await save(Now);
}

// CASE: lock() and unlock() by hand, before the await
// CORRECT: the mutex is not held at the await
// REPORTS: nothing
Task<> byHandBefore() {
  Mutex.lock();
  const int Now = ++Total;
  Mutex.unlock();
  co_await save(Now);
}

// CASE: the guard behind the last await
// CORRECT: nothing is awaited while it lives
// REPORTS: nothing
Task<> lockedAfter() {
  const int Value = co_await load();
  std::lock_guard<std::mutex> Lock(Mutex);
  Total += Value;
}

// CASE: the guard is in the branch that returns
// CORRECT: it is gone when the function goes on
// REPORTS: nothing
Task<int> earlyReturn(bool Cached) {
  if (Cached) {
    std::lock_guard<std::mutex> Lock(Mutex);
    co_return Total;
  }
  co_return co_await load();
}

// CASE: a block in the body of a loop
// CORRECT: each round releases the lock before it awaits
// REPORTS: nothing
Task<> blockPerRound() {
  for (;;) {
    int Now;
    {
      std::lock_guard Lock(Mutex);
      if (Queue.empty())
        break;
      Now = Queue.back();
      Queue.pop_back();
    }
    co_await save(Now);
  }
}

// CASE: unlocked and locked in a loop
// CORRECT: each way to the await goes through unlock()
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> drain() {
  std::unique_lock<std::mutex> Lock(Mutex);
  while (!Queue.empty()) {
    const int Now = Queue.back();
    Queue.pop_back();
    Lock.unlock();
    co_await save(Now);
    Lock.lock();
  }
}

// CASE: a lambda that is called at once
// CORRECT: the guard lives as long as the call
// REPORTS: nothing
Task<> immediately() {
  const int Now = [] {
    std::lock_guard Lock(Mutex);
    return ++Total;
  }();
  co_await save(Now);
}

// CASE: a coroutine that is made under the lock, and not run there
// CORRECT: the await is in the lambda, which holds no lock
// REPORTS: nothing
void madeUnderLock(std::vector<std::function<Task<>()>> &Handlers) {
  std::lock_guard<std::mutex> Lock(Mutex);
  Handlers.push_back([]() -> Task<> { co_await save(1); });
}

// CASE: the lock is in a function that is called
// CORRECT: it is released when add() returns
// REPORTS: nothing
Task<> inCallee() {
  add(1);
  co_await save(1);
}

// CASE: a guard that is a temporary
// CORRECT: it lives to the end of its statement
// REPORTS: nothing
Task<> temporary() {
  std::lock_guard(Mutex), ++Total;
  co_await save(1);
}

// CASE: an optional guard, reset before the await
// CORRECT: reset() releases the mutex
// REPORTS: nothing
Task<> optionalReset() {
  std::optional<std::lock_guard<std::mutex>> Lock;
  Lock.emplace(Mutex);
  const int Now = ++Total;
  Lock.reset();
  co_await save(Now);
}

// CASE: a guard on the heap, reset before the await
// CORRECT: reset() releases the mutex
// REPORTS: nothing
Task<> heapReset() {
  auto Lock = std::make_unique<std::lock_guard<std::mutex>>(Mutex);
  const int Now = ++Total;
  Lock.reset();
  co_await save(Now);
}

// CASE: cppcoro::async_mutex
// CORRECT: it is made to be held across an await, and blocks no thread
// REPORTS: nothing
cppcoro::async_mutex Cppcoro;
cppcoro::task<> asyncMutex(cppcoro::task<> Work) {
  co_await Cppcoro.lock_async();
  Unlocks<cppcoro::async_mutex> AtEnd{Cppcoro};
  co_await std::move(Work);
}

// CASE: coro::mutex of libcoro
// CORRECT: it is made to be held across an await
// REPORTS: nothing
coro::mutex Libcoro;
coro::task<> libcoroMutex(coro::task<> Work) {
  co_await Libcoro.lock();
  Unlocks<coro::mutex> AtEnd{Libcoro};
  co_await std::move(Work);
}

// CASE: std::unique_lock of an async mutex
// CORRECT: the mutex is one for coroutines; folly's co_scoped_lock() returns
//   such a lock
// REPORTS: cppcoreguidelines-no-suspend-with-lock
Task<> uniqueLockOfAsync() {
  std::unique_lock<AsyncMutex> Lock = co_await Async.scopedLock();
  co_await save(++Total);
}

// CASE: a semaphore of Seastar
// CORRECT: waiting for it suspends, and blocks no thread
// REPORTS: nothing
seastar::semaphore Units{1};
seastar::future<> semaphore() {
  co_await Units.wait(1);
  struct Signals {
    ~Signals() { Units.signal(1); }
  } AtEnd;
  co_await seastar::sleep(std::chrono::seconds(1));
}

// CASE: a mutex that locks nothing
// CORRECT: the policy of a single thread; lock() is empty
// REPORTS: cppcoreguidelines-no-suspend-with-lock, misc-coroutine-hostile-raii
struct NullMutex {
  void lock() {}
  void unlock() {}
};
NullMutex Null;
Task<> nullMutex() {
  std::lock_guard<NullMutex> Lock(Null);
  co_await save(++Total);
}

// CASE: std::suspend_never
// CORRECT: this await never suspends
// REPORTS: cppcoreguidelines-no-suspend-with-lock, misc-coroutine-hostile-raii
Task<> never() {
  std::lock_guard<std::mutex> Lock(Mutex);
  ++Total;
  co_await std::suspend_never{};
}

// CASE: the executor of an Asio coroutine
// CORRECT: this await only asks the promise, and never suspends
// REPORTS: cppcoreguidelines-no-suspend-with-lock
asio::awaitable<void> executor() {
  std::lock_guard<std::mutex> Lock(Mutex);
  auto Executor = co_await asio::this_coro::executor;
  ++Total;
}

// CASE: an awaiter of the project that is always ready
// CORRECT: its await_ready() returns true
// REPORTS: cppcoreguidelines-no-suspend-with-lock, misc-coroutine-hostile-raii
struct Ready {
  int Value;
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  int await_resume() const noexcept { return Value; }
};
Task<> ready() {
  std::lock_guard<std::mutex> Lock(Mutex);
  Total += co_await Ready{1};
}

