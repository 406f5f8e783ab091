// RUN: %check %s async-unawaited-task

// A macro's body is not the fix's to change, nor is what a macro is given.

#include "task.h"

using app::Task;

Task<> work();
Task<int> number(int);

#define WORK() work()
#define NUMBER(n) number(n)
#define RUN(statement) statement
#define IGNORE(expression) (void)(expression)
#define AWAIT(expression) co_await expression
#define TWICE(statement)                                                                          \
  statement;                                                                                      \
  statement
#define COROUTINE(name)                                                                           \
  Task<> name() {                                                                                 \
    work();                                                                                       \
    co_return;                                                                                    \
  }

Task<> f() {
  WORK();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  NUMBER(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'number' is never awaited
  RUN(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the result of 'work' is never awaited
  RUN(number(2););
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the result of 'number' is never awaited
  IGNORE(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the result of 'work' is never awaited
  TWICE(number(3));
  // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the result of 'number' is never awaited
  AWAIT(work());
  AWAIT(WORK());
  RUN(co_await number(4));
}

COROUTINE(made_by_a_macro)
// CHECK-MESSAGES: :[[@LINE-1]]:1: warning: the result of 'work' is never awaited

void plain() {
  WORK();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'work' is never awaited
  RUN(work());
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the result of 'work' is never awaited
}
