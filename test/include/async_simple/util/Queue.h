#ifndef ASYNC_SIMPLE_UTIL_QUEUE_H
#define ASYNC_SIMPLE_UTIL_QUEUE_H

namespace async_simple::util {
template <typename T> class Queue {
public:
  bool pop(T &item);
  bool try_pop(T &item);
};
} // namespace async_simple::util

#endif
