// RUN: %check %s async-dangling-argument

#include "task.h"
#include <string>

app::Task<> nap();
void use(const std::string &);
app::Task<int> fetch(const std::string &s) {
  co_await nap();
  use(s);
  co_return 1;
}
template <class T> T sync_wait(app::Task<T>);

#define KEEP(Name, Call) auto Name = Call
#define URL std::string("http://example.org")
#define EXPECT_EQ(A, B)                                                        \
  do {                                                                         \
    const auto &Left = (A);                                                    \
    const auto &Right = (B);                                                   \
    if (Left != Right)                                                         \
      __builtin_abort();                                                       \
  } while (false)
#define BOTH                                                                   \
  auto First = fetch("x");                                                     \
  auto Second = fetch("y")

void macros() {
  KEEP(A, fetch("x"));
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored, and the temporary dies at the end of this statement; keep the argument in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto B = fetch(URL);
  // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
  EXPECT_EQ(sync_wait(fetch("x")), 1);
  EXPECT_EQ(sync_wait(fetch(URL)), 1);
  BOTH;
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: temporary 'std::string' is gone when 'fetch' uses it: the task is stored
}
