// RUN: %check %s async-this-across-suspend

#include "winrt/base.h"
#include <memory>

void use(int);

struct Widget : std::enable_shared_from_this<Widget> {
  int Count = 0;
  static int All;
  winrt::apartment_context Context;
  void paint();
  Widget *next();

  winrt::fire_and_forget reads() {
    use(Count);
    co_await winrt::resume_background();
    use(Count);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Widget::reads' uses its object after a suspension, when that may be gone: nobody can wait for a 'winrt::fire_and_forget', and it holds no reference; keep 'shared_from_this()' in a variable from before the suspension on [async-this-across-suspend]
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: suspended here
    // CHECK-FIXES: auto self = shared_from_this();
    // CHECK-FIXES-NEXT: use(Count);
  }
  winrt::fire_and_forget writes() {
    Count = co_await winrt::resume_on_signal(nullptr);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::writes' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget calls() {
    co_await winrt::resume_background();
    paint();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::calls' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  void set(bool);
  winrt::fire_and_forget in_an_argument() {
    set(co_await winrt::resume_on_signal(nullptr));
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::in_an_argument' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget hops_back() {
    co_await winrt::resume_background();
    co_await Context;
    // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Widget::hops_back' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget loops() {
    while (true) {
      use(Count);
      // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Widget::loops' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
      co_await winrt::resume_background();
    }
  }
  winrt::fire_and_forget on_a_branch(bool wait) {
    if (wait)
      co_await winrt::resume_background();
    paint();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::on_a_branch' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget too_late() {
    co_await winrt::resume_background();
    auto keep = shared_from_this();
    // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Widget::too_late' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
    paint();
  }
  winrt::fire_and_forget too_short() {
    {
      auto keep = shared_from_this();
      co_await winrt::resume_background();
      paint();
    }
    co_await winrt::resume_background();
    paint();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Widget::too_short' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget of_another(std::shared_ptr<int> other) {
    co_await winrt::resume_background();
    use(*other + Count);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'Widget::of_another' uses its object after a suspension
    // CHECK-FIXES: auto self = shared_from_this();
  }
  winrt::fire_and_forget with_a_self(int self) {
    co_await winrt::resume_background();
    use(self + Count);
    // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Widget::with_a_self' uses its object after a suspension
  }
  winrt::fire_and_forget constant() const {
    co_await winrt::resume_background();
    use(Count);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Widget::constant' uses its object after a suspension
  }
};

struct Page : winrt::implements<Page> {
  int Number = 0;
  winrt::fire_and_forget turn() {
    co_await winrt::resume_background();
    ++Number;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Page::turn' uses its object after a suspension, when that may be gone: nobody can wait for a 'winrt::fire_and_forget', and it holds no reference; keep 'get_strong()' in a variable
    // CHECK-FIXES: auto self = get_strong();
  }
};
