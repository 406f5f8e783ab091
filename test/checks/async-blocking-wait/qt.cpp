// RUN: %check %s async-blocking-wait

// A future of Qt waits when it is asked for its result, and when it becomes
// the result by itself, as without the co_await that was meant.

#include "task.h"
#include <QtCore>

int count();

app::Task<int> converted() {
  const int n = QtConcurrent::run(count);
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'QFuture::operator int' blocks the thread that runs this coroutine, and every task on it: it waits for the result; co_await the work [async-blocking-wait]
  co_return n + QtConcurrent::run(count).result();
  // CHECK-MESSAGES: :[[@LINE-1]]:42: warning: 'QFuture::result' blocks
}

// One that has a name may have been awaited.
app::Task<int> awaited(QFuture<int> Future) { co_return Future; }

int notACoroutine() { return QtConcurrent::run(count); }
