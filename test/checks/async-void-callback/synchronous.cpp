// RUN: %check %s async-void-callback

// The same code without coroutines: results that are dropped on purpose.

#include <algorithm>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

int save(int page);
std::future<int> send(int page);
std::unique_ptr<int> open(int page);

void each_page(std::function<void(int)> visit);
template <class F> void each(const std::vector<int> &pages, F &&visit) {
  for (int page : pages)
    visit(page);
}

void run(std::vector<int> pages) {
  each_page([](int page) { return save(page); });
  each_page(save);
  each_page(send);
  each_page(std::bind_front(open));
  each(pages, save);
  each(pages, open);
  std::for_each(pages.begin(), pages.end(), save);
  std::thread thread(save, 1);
  thread.join();
  std::map<std::string, std::function<void()>> commands;
  commands["save"] = [] { return save(1); };
  commands.emplace("open", [] { return open(1); });
}
