// RUN: %check %s async-task-removes-itself
// The code of basic.cpp made synchronous: the map holds what run returns.

#include <map>
#include <optional>

class Sessions {
public:
  void start(int Id) { All.emplace(Id, serve(Id)); }

private:
  int serve(int Id) {
    work();
    All.erase(Id);
    Last.reset();
    return 1;
  }
  void work();

  std::map<int, int> All;
  std::optional<int> Last;
};
