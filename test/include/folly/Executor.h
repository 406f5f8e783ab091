// An imitation of Folly, with the names and types of the real one: only what
// the tests need, and without the code.
#pragma once

namespace folly {

class Executor;

template <typename ExecutorT = Executor> class ExecutorKeepAlive {
public:
  ExecutorKeepAlive(ExecutorT *executor);
  template <typename OtherExecutor> ExecutorKeepAlive(ExecutorKeepAlive<OtherExecutor> &&other);
  ExecutorT *get() const;
};

template <typename Signature> class Function;
template <> class Function<void()> {
public:
  template <typename Fun> Function(Fun) {}
};
using Func = Function<void()>;

class Executor {
public:
  template <typename ExecutorT = Executor> using KeepAlive = ExecutorKeepAlive<ExecutorT>;
  virtual ~Executor();
  virtual void add(Func func) = 0;
};

template <typename ExecutorT> Executor::KeepAlive<ExecutorT> getKeepAliveToken(ExecutorT &executor);

} // namespace folly
