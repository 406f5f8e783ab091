#ifndef ASYNC_SIMPLE_UTHREAD_ASYNC_H
#define ASYNC_SIMPLE_UTHREAD_ASYNC_H

#include "../Future.h"

namespace async_simple::uthread {
enum class Launch { Prompt, Schedule, Current };
template <Launch policy, class F> void async(F &&f, Executor *ex) {}
template <class T> T await(Future<T> &&fut);
} // namespace async_simple::uthread

#endif
