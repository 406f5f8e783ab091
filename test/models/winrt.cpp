// RUN: %check %s async-*

// C++/WinRT: a coroutine goes on where it was, on the user interface's thread
// for one, unless it asks for the thread pool.

#include "winrt/Windows.Foundation.h"
#include <chrono>
#include <fstream>

using namespace winrt;
using namespace winrt::Windows::Foundation;
using namespace std::chrono_literals;

IAsyncAction step();
IAsyncOperation<int> number();
void log(int code);

IAsyncAction sleeps() {
  Sleep(100);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Sleep' blocks the thread that runs this coroutine, and every task on it: it sleeps; co_await winrt::resume_after, which goes on in the thread pool [async-blocking-sleep]
  apartment_context here;
  co_await resume_after(100ms);
  co_await here;
}

IAsyncOperation<int> waits(void *event) {
  int n = number().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'winrt::Windows::Foundation::IAsyncOperation::get' blocks the thread that runs this coroutine, and every task on it: it waits for the operation, which may need this very thread to go on; co_await it, or co_await winrt::resume_background() first [async-blocking-wait]
  // CHECK-FIXES: int n = co_await number();
  step().get();
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'winrt::Windows::Foundation::IAsyncAction::get' blocks
  // CHECK-FIXES: co_await step();
  step().wait_for(1s);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'winrt::Windows::Foundation::IAsyncAction::wait_for' blocks
  WaitForSingleObject(event, 1000);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'WaitForSingleObject' blocks the thread that runs this coroutine, and every task on it: it waits until the object is signalled; co_await winrt::resume_on_signal [async-blocking-wait]
  WaitForSingleObject(event, 0);
  co_await resume_on_signal(event);
  co_return n + co_await number();
}

IAsyncAction file() {
  std::ifstream in("settings.json");
  // CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, and every task on it: it opens a file; co_await the asynchronous operation, or winrt::resume_background() first [async-blocking-call]
  co_await step();
}

// The threads of the pool may block; the apartment that it comes back to may
// not.
fire_and_forget there_and_back(void *event) {
  apartment_context ui;
  co_await resume_background();
  std::ifstream in("settings.json");
  WaitForSingleObject(event, 1000);
  int n = number().get();
  co_await ui;
  Sleep(n);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'Sleep' blocks
}

IAsyncAction drops() {
  step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the result of 'step' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  // CHECK-FIXES: co_await step();
  co_await step();
}

void handler() { step(); }

IAsyncAction swallows() {
  for (;;) {
    try {
      co_await step();
    } catch (const hresult_error &error) {
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'catch (const winrt::hresult_error &)' swallows cancellation: every await of this loop throws it again, so the loop spins for ever; leave the loop, or rethrow, when it is a winrt::hresult_canceled [async-swallowed-cancellation]
      log(error.code());
    }
  }
}

IAsyncAction tells_apart() {
  for (;;) {
    try {
      co_await step();
    } catch (const hresult_canceled &) {
      throw;
    } catch (const hresult_error &error) {
      log(error.code());
    }
  }
}

int synchronous(void *event) {
  Sleep(1);
  WaitForSingleObject(event, 1000);
  return number().get();
}
