// RUN: %check %s async-prefer-async-overload

#include "folly/coro/Task.h"

struct Store {
  int load(int key);
  folly::coro::Task<int> co_load(int key);
};
int run(Store &store) { return store.load(1); }
