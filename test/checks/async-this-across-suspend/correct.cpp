// RUN: %check %s async-this-across-suspend

#include "winrt/base.h"
#include <memory>
#include <optional>

void use(int);

struct Base : std::enable_shared_from_this<Base> {
  virtual ~Base();
};
struct KeepAlive {
  explicit KeepAlive(Base *);
  ~KeepAlive();
};
struct Pending {
  ~Pending();
};
struct Counter {
  Pending enter();
};

struct Widget : Base {
  int Count = 0;
  static int All;
  Counter Work;
  void paint();
  static void log();

  winrt::fire_and_forget strong() {
    auto self = shared_from_this();
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget derived() {
    auto self = std::static_pointer_cast<Widget>(shared_from_this());
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget weak() {
    std::weak_ptr<Base> weak = weak_from_this();
    co_await winrt::resume_background();
    if (auto self = weak.lock())
      paint();
  }
  winrt::fire_and_forget maybe() {
    std::optional<std::weak_ptr<Base>> weak(weak_from_this());
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget parameter(std::shared_ptr<Widget> self) {
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget own_guard() {
    KeepAlive keep(this);
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget counted() {
    auto pending = Work.enter();
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget before() {
    paint();
    co_await winrt::resume_background();
    use(1);
  }
  winrt::fire_and_forget other_branch(bool wait) {
    if (wait) {
      co_await winrt::resume_background();
      co_return;
    }
    paint();
  }
  winrt::fire_and_forget statics() {
    co_await winrt::resume_background();
    use(All);
    log();
    this->log();
  }
  winrt::fire_and_forget copy() {
    int count = Count;
    co_await winrt::resume_background();
    use(count);
  }
  // Nobody is known to let it go.
  winrt::Windows::Foundation::IAsyncAction awaited() {
    co_await winrt::resume_background();
    paint();
  }
  winrt::fire_and_forget caller() {
    auto self = shared_from_this();
    co_await awaited();
  }
};

// Whoever owns it, nothing counts.
struct Plain {
  int Count = 0;
  winrt::fire_and_forget reads() {
    co_await winrt::resume_background();
    use(Count);
  }
};

struct Page : winrt::implements<Page> {
  int Number = 0;
  winrt::fire_and_forget strong() {
    auto lifetime = get_strong();
    co_await winrt::resume_background();
    ++Number;
  }
  winrt::fire_and_forget weak() {
    auto weak{get_weak()};
    co_await winrt::resume_background();
    if (auto self = weak.get())
      ++self->Number;
  }
};
