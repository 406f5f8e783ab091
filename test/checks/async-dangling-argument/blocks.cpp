// RUN: %check %s async-dangling-argument
// Variables of blocks that end before the task is awaited.

#include "task.h"
#include <optional>
#include <string>
#include <vector>

void use(const std::string &);
app::Task<> nap();
app::Task<int> fetch(const std::string &Url) {
  co_await nap();
  use(Url);
  co_return 0;
}
app::Task<> when_all(std::vector<app::Task<int>>);

app::Task<> loop(std::vector<std::string> Names) {
  std::vector<app::Task<int>> All;
  for (const auto &Name : Names) {
    std::string Url = "x" + Name;
    All.push_back(fetch(Url));
    // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'Url' is gone when 'fetch' uses it: the task is stored in 'All', and the variable dies at the end of this block; let it live as long as the task, or let the task own the argument [async-dangling-argument]
  }
  co_await when_all(std::move(All));
}
app::Task<> copies(std::vector<std::string> Names) {
  std::vector<app::Task<int>> All;
  for (auto Name : Names)
    All.push_back(fetch(Name));
    // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'Name' is gone when 'fetch' uses it: the task is stored in 'All', and the variable dies at the end of this block; let it live as long as the task, or let the task own the argument [async-dangling-argument]
  co_await when_all(std::move(All));
}
app::Task<> branch(bool B) {
  std::optional<app::Task<int>> Work;
  if (B) {
    std::string Url = "x";
    Work = fetch(Url);
    // CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'Url' is gone when 'fetch' uses it: the task is stored in 'Work', and the variable dies at the end of this block; let it live as long as the task, or let the task own the argument [async-dangling-argument]
  }
  if (Work)
    co_await std::move(*Work);
}

// The variables are there.
app::Task<> elements(std::vector<std::string> Names) {
  std::vector<app::Task<int>> All;
  for (const auto &Name : Names)
    All.push_back(fetch(Name));
  co_await when_all(std::move(All));
}
app::Task<> awaited_inside(std::vector<std::string> Names) {
  std::vector<app::Task<int>> All;
  for (auto Name : Names) {
    All.push_back(fetch(Name));
    co_await std::move(All.back());
  }
  All.clear();
}
app::Task<> same_block() {
  std::vector<app::Task<int>> All;
  std::string Url = "x";
  All.push_back(fetch(Url));
  co_await when_all(std::move(All));
}
