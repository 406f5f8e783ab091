// RUN: %check %s async-terminating-exception

// C++/WinRT: what leaves a winrt::fire_and_forget ends the program.

#include <stdexcept>
#include <winrt/Windows.Foundation.h>
#include <winrt/base.h>

struct Window : winrt::Windows::Foundation::IInspectable {
  Window(std::nullptr_t = nullptr) noexcept;
  void Show() const;
  void Hide() const noexcept;
};
struct Own {
  void show();
};

winrt::fire_and_forget shows(Window window) {
  co_await winrt::resume_background();
  window.Show();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: an exception of 'shows' ends the program: nobody can await a 'winrt::fire_and_forget'; catch it in the coroutine [async-terminating-exception]
  // CHECK-MESSAGES: :[[@LINE-2]]:10: note: 'shows' throws here
}

winrt::fire_and_forget throws(int n) {
  co_await winrt::resume_background();
  if (n)
    throw std::runtime_error("no");
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: an exception of 'throws' ends the program
  // CHECK-MESSAGES: :[[@LINE-2]]:5: note: 'throws' throws here
}

//===-- Nothing to report -------------------------------------------------===//

winrt::fire_and_forget catches(Window window) {
  try {
    co_await winrt::resume_background();
    window.Show();
  } catch (...) {
  }
}

// Whoever calls it has the object.
winrt::fire_and_forget at_once(Window window) {
  window.Show();
  co_await winrt::resume_background();
  window.Hide();
}

winrt::fire_and_forget own_object(Own &own) {
  co_await winrt::resume_background();
  own.show();
}

winrt::Windows::Foundation::IAsyncAction can_be_awaited(Window window) {
  co_await winrt::resume_background();
  window.Show();
}
