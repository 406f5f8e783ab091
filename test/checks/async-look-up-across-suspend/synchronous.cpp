// RUN: %check %s async-look-up-across-suspend

struct Room {
  int count;
};
class Hotel {
public:
  Room &findRoom(int number);
  void removeRoom(int number);
};
void wait();

void counts(Hotel &hotel) {
  auto &room = hotel.findRoom(1);
  wait();
  ++room.count;
}
