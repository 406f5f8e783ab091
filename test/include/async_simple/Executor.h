// An imitation of async_simple, with the names and types of the real one: only
// what the tests need, and without the code.
#ifndef ASYNC_SIMPLE_EXECUTOR_H
#define ASYNC_SIMPLE_EXECUTOR_H

#include <functional>
#include <stdexcept>

namespace async_simple {
class SignalException : public std::runtime_error {
public:
  using runtime_error::runtime_error;
};

class Executor {
public:
  virtual ~Executor();
  virtual bool schedule(std::function<void()> func) = 0;
};
} // namespace async_simple

#endif
