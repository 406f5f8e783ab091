// RUN: %check %s async-lock-across-suspend

// Mutexes that are locked and unlocked by hand.

#include "cppcoro/task.hpp"
#include <mutex>
#include <pthread.h>

cppcoro::task<int> request();
void use(int);

struct Account {
  std::mutex mutex;
  int balance = 0;

  cppcoro::task<void> by_hand() {
    mutex.lock();
    balance += co_await request();
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the coroutine is suspended while 'mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    mutex.unlock();
  }

  cppcoro::task<void> through_a_reference() {
    std::mutex &m = mutex;
    m.lock();
    balance += co_await request();
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the coroutine is suspended while 'mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    mutex.unlock();
  }

  cppcoro::task<void> forgotten_on_one_path(bool check) {
    mutex.lock();
    if (check && balance < 0) {
      balance = co_await request();
      // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the coroutine is suspended while 'mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    }
    mutex.unlock();
  }

  cppcoro::task<void> tried() {
    if (mutex.try_lock()) {
      balance += co_await request();
      // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the coroutine is suspended while 'mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
      mutex.unlock();
    }
  }

  cppcoro::task<void> correct() {
    mutex.lock();
    int copy = balance;
    mutex.unlock();
    copy += co_await request();
    mutex.lock();
    balance = copy;
    mutex.unlock();
    use(co_await request());
  }

  cppcoro::task<void> correct_try() {
    if (!mutex.try_lock()) {
      use(co_await request());
      co_return;
    }
    ++balance;
    mutex.unlock();
    use(co_await request());
  }

  cppcoro::task<void> taken_over() {
    mutex.lock();
    {
      std::lock_guard guard(mutex, std::adopt_lock);
      ++balance;
    }
    use(co_await request());
  }
};

cppcoro::task<void> of_another_object(Account *from, Account *to) {
  from->mutex.lock();
  to->mutex.unlock();
  use(co_await request());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the coroutine is suspended while 'from->mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
  from->mutex.unlock();
}

struct Table {
  pthread_mutex_t mutex;
  int rows = 0;

  cppcoro::task<void> posix() {
    pthread_mutex_lock(&mutex);
    rows = co_await request();
    // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the coroutine is suspended while 'mutex' is locked: whoever wants to lock it blocks a thread until then, and unlocking it on another thread is undefined; unlock it before the co_await, or lock a mutex that is awaited
    pthread_mutex_unlock(&mutex);
  }

  cppcoro::task<void> posix_correct() {
    pthread_mutex_lock(&mutex);
    ++rows;
    pthread_mutex_unlock(&mutex);
    rows = co_await request();
  }
};

// Not everything that can be locked is a mutex.
struct Door {
  void lock();
  void unlock();
};

cppcoro::task<void> door(Door &door) {
  door.lock();
  use(co_await request());
  door.unlock();
}
