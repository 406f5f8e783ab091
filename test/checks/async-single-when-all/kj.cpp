// RUN: %check %s async-single-when-all

// A member joins its object, too: that makes two.

#include <kj/async.h>

kj::Promise<void> work();
kj::Promise<void> other();

kj::Promise<void> either() { co_await work().exclusiveJoin(other()); }
