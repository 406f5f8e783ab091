#pragma once

#include <coroutine>
#include <folly/Executor.h>

namespace folly {
namespace coro {

class Baton {
public:
  class WaitOperation {
  public:
    bool await_ready() const noexcept;
    bool await_suspend(std::coroutine_handle<> handle) noexcept;
    void await_resume() noexcept;
  };
  void post() noexcept;
  WaitOperation operator co_await() const noexcept;
};

Baton::WaitOperation co_viaIfAsync(Executor::KeepAlive<> executor,
                                   const Baton &baton);

} // namespace coro
} // namespace folly
