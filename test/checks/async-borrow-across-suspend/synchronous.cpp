// RUN: %check %s async-borrow-across-suspend

struct Space {
  int Uses = 0;
};

class Database {
public:
  Space &find(int id);
};

void step();

class Updates {
public:
  void apply(int id) {
    auto &space = database_.find(id);
    step();
    ++space.Uses;
  }

private:
  Database &database_;
};
