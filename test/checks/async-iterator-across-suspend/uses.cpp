// RUN: %check %s async-iterator-across-suspend

// Iterators, references, pointers and views in Asio's, folly's and a project's
// own coroutines.

#include "asio.hpp"
#include "task.h"
#include <algorithm>
#include <deque>
#include <folly/coro/Task.h>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct Peer {
  std::string Name;
  int Sent = 0;
};

asio::awaitable<void> nap();
folly::coro::Task<int> fetch(int id);
app::Task<> step();
void use(std::string_view);

class Server {
public:
  asio::awaitable<void> iterator(int id) {
    auto it = peers_.find(id);
    if (it == peers_.end())
      co_return;
    co_await nap();
    it->second.Sent++;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'it' refers into 'peers_', and is used after a suspension in which 'Server::drop' may have removed elements; look it up again [async-iterator-across-suspend]
  }
  folly::coro::Task<void> reference(int id) {
    Peer &peer = peers_[id];
    peer.Sent = co_await fetch(id);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'peer' refers into 'peers_'
  }
  app::Task<> member_of_element(int id) {
    auto it = peers_.find(id);
    auto &sent = it->second.Sent;
    co_await step();
    sent = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sent' refers into 'peers_'
  }
  app::Task<> pointer(int id) {
    Peer *peer = &peers_.at(id);
    co_await step();
    peer->Sent = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'peer' refers into 'peers_'
  }
  app::Task<> view(int id) {
    std::string_view name = peers_.at(id).Name;
    co_await step();
    use(name);
    // CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'name' refers into 'peers_'
  }
  app::Task<> inserted(int id) {
    auto [it, is_new] = peers_.try_emplace(id);
    co_await step();
    if (is_new)
      it->second.Sent = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'it' refers into 'peers_'
  }
  app::Task<> found_by_algorithm() {
    auto it = std::find(order_.begin(), order_.end(), 3);
    co_await step();
    *it = 4;
    // CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'it' refers into 'order_', and is used after a suspension in which 'Server::reorder' may have removed elements
  }
  app::Task<> owned(int id) {
    Peer &peer = *owned_.at(id);
    co_await step();
    peer.Sent = 0;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'peer' refers into 'owned_'
  }
  app::Task<> in_lambda(int id) {
    auto work = [this, id]() -> app::Task<> {
      auto it = peers_.find(id);
      co_await step();
      it->second.Sent = 1;
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'it' refers into 'peers_'
    };
    co_await work();
  }

  // Right.
  app::Task<> again(int id) {
    auto it = peers_.find(id);
    co_await step();
    it = peers_.find(id);
    if (it != peers_.end())
      it->second.Sent = 1;
  }
  app::Task<> asked(int id) {
    auto it = peers_.find(id);
    co_await step();
    if (!peers_.contains(id))
      co_return;
    it->second.Sent = 1;
  }
  app::Task<> value(int id) {
    Peer peer = peers_.at(id);
    auto [key, copy] = *peers_.begin();
    co_await step();
    use(peer.Name);
    use(copy.Name);
  }
  app::Task<> shared(int id) {
    std::shared_ptr<Peer> peer = shared_.at(id);
    Peer &same = *peer;
    co_await step();
    same.Sent = 1;
  }
  app::Task<> used_before(int id) {
    auto it = peers_.find(id);
    it->second.Sent = 1;
    co_await step();
  }
  app::Task<> other_path(int id, bool wait) {
    auto it = peers_.find(id);
    if (wait) {
      co_await step();
      co_return;
    }
    it->second.Sent = 1;
  }
  app::Task<> own() {
    std::map<int, Peer> peers;
    auto it = peers.find(1);
    co_await step();
    it->second.Sent = 1;
  }
  app::Task<> stable(int id) {
    auto &entry = kept_[id];
    co_await step();
    ++entry;
  }
  app::Task<> by_index(unsigned i) {
    for (; i != order_.size(); ++i) {
      co_await step();
      use(std::to_string(order_[i]));
    }
  }

  void drop(int id) {
    peers_.erase(id);
    owned_.erase(id);
    shared_.erase(id);
  }
  void reorder() { order_.pop_back(); }
  void keep(int id) { kept_.insert({id, id}); }

private:
  std::unordered_map<int, Peer> peers_;
  std::map<int, std::unique_ptr<Peer>> owned_;
  std::map<int, std::shared_ptr<Peer>> shared_;
  std::map<int, int> kept_;
  std::vector<int> order_;
};

// A member of another object.
class Self {
public:
  static app::Task<> of_self(std::shared_ptr<Self> self, int id) {
    auto it = self->peers_.find(id);
    co_await step();
    self->peers_.erase(it);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'it' refers into 'peers_'
  }
  void drop(int id) { peers_.erase(id); }

private:
  std::map<int, Peer> peers_;
};

// Who changes it leaves a mark.
class Versioned {
public:
  app::Task<> versions(int id) {
    auto it = peers_.find(id);
    const int before = version_;
    co_await step();
    if (version_ != before)
      co_return;
    it->second.Sent = 1;
  }
  void drop(int id) {
    ++version_;
    peers_.erase(id);
  }

private:
  int version_ = 0;
  std::map<int, Peer> peers_;
};

// An element of an element.
class Nested {
public:
  app::Task<> inner(int id) {
    for (int number : groups_[id].Numbers)
      // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: this loop over 'groups_' is suspended in its body, and 'Nested::drop' may remove elements meanwhile
      use(std::to_string(number + co_await fetch(id)));
  }
  void drop(int id) { groups_.erase(id); }

private:
  struct Group {
    std::vector<int> Numbers;
  };
  app::Task<int> fetch(int id);
  std::map<int, Group> groups_;
};

// Another object's destructor removes the element.
class Registry {
public:
  class Entry {
  public:
    ~Entry() { registry_.entries_.erase(id_); }

  private:
    Registry &registry_;
    int id_;
  };
  app::Task<> touch(int id) {
    auto it = entries_.find(id);
    co_await step();
    ++it->second;
    // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'it' refers into 'entries_'
  }

private:
  std::map<int, int> entries_;
};

// A library's container that no model describes.
namespace other {
template <class T> class ring {
public:
  T *begin();
  T *end();
  const T *begin() const;
  const T *end() const;
  T &front();
  const T &front() const;
  void push_back(T value);
  void pop_front();
  void clear();
};
} // namespace other

class Queue {
public:
  app::Task<> run() {
    int &first = ring_.front();
    co_await step();
    first = 1;
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'first' refers into 'ring_', and is used after a suspension in which 'Queue::pop' may have removed elements
  }
  app::Task<> only_added() {
    int &first = added_.front();
    co_await step();
    first = 1;
  }
  void pop() { ring_.pop_front(); }
  void push() {
    ring_.push_back(1);
    added_.push_back(1);
  }

private:
  other::ring<int> ring_, added_;
};
