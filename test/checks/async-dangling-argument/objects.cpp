// RUN: %check %s async-dangling-argument
// The object that a coroutine is called on.

#include "task.h"
#include <memory>
#include <string>

app::Task<> nap();
void use(const std::string &);

struct Base {
  std::string Name;
  virtual ~Base();
  virtual app::Task<> dynamic() {
    co_await nap();
    use(Name);
  }
  app::Task<> fixed() {
    co_await nap();
    use(Name);
  }
  static app::Task<> none() {
    co_await nap();
    use("x");
  }
  app::Task<> captures() {
    co_await nap();
    auto l = [this] { use(Name); };
    l();
  }
};
struct Derived : Base {
  int Number;
  app::Task<> nothing() { co_await nap(); }
  app::Task<> itself() {
    auto Self = this;
    co_await nap();
    use(Self->Name);
  }
};
struct Owner {
  Base Part;
  Base &get();
};

std::shared_ptr<Base> find();
Derived make();
struct Pointer {
  Base *operator->() const;
};
Pointer point();

void calls(Derived &Param) {
  auto A = make().fixed();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Derived' is gone when 'Derived::fixed' uses it: the task is stored, and the temporary dies at the end of this statement; keep the object in a variable that outlives the task, or await the call at once [async-dangling-argument]
  auto B = Derived().fixed();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Derived' is gone when 'Derived::fixed' uses it: the task is stored
  auto C = Owner().Part.fixed();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: temporary 'Owner' is gone when 'Base::fixed' uses it: the task is stored
  auto D = make().captures();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Derived' is gone when 'Derived::captures' uses it: the task is stored
  auto E = make().itself();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'Derived' is gone when 'Derived::itself' uses it: the task is stored
  auto F = make().nothing();
  auto G = make().none();
  auto H = find()->fixed();
  auto I = point()->fixed();
  auto J = Owner().get().fixed();
  auto K = Param.fixed();
  auto L = (&Param)->fixed();
  auto M = std::make_unique<Base>()->fixed();
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: temporary 'std::unique_ptr<Base>' is gone when 'Base::fixed' uses it: the task is stored
  auto N = make().dynamic();
}
app::Task<> awaited() {
  co_await make().fixed();
  co_await std::make_unique<Base>()->fixed();
}
