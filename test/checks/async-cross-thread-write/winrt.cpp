// RUN: %check %s async-cross-thread-write

// In C++/WinRT, who waits goes on in the thread pool.

#include <atomic>
#include <mutex>
#include <winrt/base.h>

using namespace winrt;
using namespace std::chrono_literals;

class Banner : public implements<Banner, Windows::Foundation::IInspectable> {
public:
  void show() {
    Shown = true;
    ++Times;
    Steps = 0;
    Done = 0;
  }

  fire_and_forget hide() {
    auto strong = get_strong();
    Shown = true;
    co_await 5s;
    Shown = false;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the coroutine runs in a pool of threads since it has waited, and changes 'Shown', which 'Banner::show' changes on its caller's thread; nothing protects that; go back to where the coroutine was before [async-cross-thread-write]
    // CHECK-MESSAGES: :[[@LINE-3]]:5: note: moved here
    // CHECK-MESSAGES: :[[@LINE-14]]:8: note: changed here, too
    Unused = 1;
    ++Done;
  }

  Windows::Foundation::IAsyncAction later() {
    auto strong = get_strong();
    for (int i = 0; i < 3; ++i) {
      co_await resume_after(1s);
      ++Times;
      // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the coroutine runs in a pool of threads since it has waited, and changes 'Times'
    }
  }

  fire_and_forget back() {
    auto strong = get_strong();
    apartment_context ui;
    co_await 5s;
    co_await ui;
    Shown = false;
  }

  // Whoever says that it goes to the background knows.
  fire_and_forget work() {
    auto strong = get_strong();
    co_await resume_background();
    co_await 5s;
    Shown = false;
  }

  // What a coroutine's own part changes is not another thread's.
  fire_and_forget steps() {
    auto strong = get_strong();
    co_await 5s;
    Inner = 1;
    step();
  }

private:
  void step() { Inner = 2; }

  bool Shown = false;
  int Times = 0, Steps = 0, Unused = 0, Inner = 0;
  std::atomic<int> Done;
};

class Locked : public implements<Locked, Windows::Foundation::IInspectable> {
public:
  void show() {
    std::lock_guard lock(Mutex);
    Shown = true;
  }
  fire_and_forget hide() {
    auto strong = get_strong();
    co_await 5s;
    std::lock_guard lock(Mutex);
    Shown = false;
  }

private:
  std::mutex Mutex;
  bool Shown = false;
};

template <typename T> struct Page : implements<Page<T>> {
  int Count = 0;
  void show() { Count = 1; }
  fire_and_forget hide() {
    co_await 1s;
    Count = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the coroutine runs in a pool of threads since it has waited, and changes 'Count'
  }
};
template struct Page<int>;
template struct Page<char>;
