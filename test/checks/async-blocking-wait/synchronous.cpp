// RUN: %check %s async-blocking-wait

// Outside of coroutines everything may wait.

#include "asio.hpp"
#include "task.h"
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

int futures(std::future<int> future, std::shared_future<int> shared, std::latch &latch) {
  latch.wait();
  shared.wait_for(std::chrono::seconds(1));
  return future.get() + std::async([] { return 1; }).get();
}

void conditions(std::condition_variable &condition, std::mutex &mutex, std::thread &thread) {
  std::unique_lock lock(mutex);
  condition.wait(lock, [] { return true; });
  thread.join();
}

asio::awaitable<int> work();
int starts(asio::thread_pool &pool) {
  asio::io_context loop;
  loop.run();
  pool.join();
  return asio::co_spawn(pool, work(), asio::use_future).get();
}

template <class T> struct Holder {
  std::future<T> future;
  ~Holder() { future.wait(); }
  T take() { return future.get(); }
};
int main() {
  Holder<int> holder;
  auto take = [&] { return holder.take(); };
  return take();
}

app::Task<int> lazy(int value);
app::Task<int> forwards(std::future<int> future) { return lazy(future.get()); }
