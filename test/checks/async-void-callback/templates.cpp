// RUN: %check %s async-void-callback

// Templates of the project that call what they are given.

#include "task.h"
#include <functional>
#include <vector>

app::Task<> save(int page);
void print(int page);
void spawn(app::Task<> task);

template <class F> void each(const std::vector<int> &pages, F &&visit) {
  for (int page : pages)
    visit(page);
}

template <class F> void each_by_invoke(const std::vector<int> &pages, F visit) {
  for (int page : pages)
    (void)std::invoke(visit, page);
}

template <class F> void outer(const std::vector<int> &pages, F &&visit) {
  each(pages, std::forward<F>(visit));
  // CHECK-MESSAGES: :[[@LINE-1]]:31: warning: this callback returns a 'app::Task<>', and 'each' drops what it returns
}

template <class F> app::Task<> each_async(std::vector<int> pages, F visit) {
  for (int page : pages)
    co_await visit(page);
}

template <class F> void either(const std::vector<int> &pages, F visit) {
  for (int page : pages)
    if constexpr (requires { spawn(visit(page)); })
      spawn(visit(page));
    else
      visit(page);
}

template <class F> auto just_one(F visit) { return visit(1); }

template <class F> void never(F) {}

#define SAVE_ALL(pages) each(pages, [](int page) { return save(page); })

app::Task<> run(std::vector<int> pages) {
  each(pages, [](int page) { return save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this callback returns a 'app::Task<>', and 'each' drops what it returns: the task is lazy, so nothing of it runs
  each(pages, [](int page) -> app::Task<> { co_await save(page); });
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: this callback returns a 'app::Task<>'
  each_by_invoke(pages, save);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: this callback returns a 'app::Task<>', and 'each_by_invoke' drops what it returns
  outer(pages, [](int page) { return save(page); });
  SAVE_ALL(pages);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: this callback returns a 'app::Task<>'

  each(pages, print);
  each(pages, [](int page) { spawn(save(page)); });
  each(pages, [](int page) -> app::FireAndForget { co_await save(page); });
  co_await each_async(pages, save);
  either(pages, save);
  co_await just_one(save);
  never(save);
}

template <class T> struct Store {
  app::Task<> put(T value);
  std::function<void(T)> on_value;
  void listen() {
    on_value = [this](T value) { return put(value); };
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this callback returns a 'app::Task<>'
  }
};
void use(Store<int> &ints, Store<char> &chars) {
  ints.listen();
  chars.listen();
}
