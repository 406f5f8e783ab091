// RUN: %check %s async-iterator-across-suspend

// The same without coroutines: nothing runs in between.

#include <map>
#include <string>
#include <vector>

void step();
void use(int);

class Server {
public:
  void all() {
    for (auto &[id, name] : peers_)
      step();
  }
  void one(int id) {
    auto it = peers_.find(id);
    step();
    it->second.clear();
  }
  void drop(int id) { peers_.erase(id); }

private:
  std::map<int, std::string> peers_;
};
