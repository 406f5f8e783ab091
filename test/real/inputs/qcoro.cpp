// Qt and QCoro as they are installed: each mistake, and beside it what its
// author should have written.

#include <QCoroCore>
#include <QCoroNetwork>
#include <QCoroProcess>
#include <QCoroThread>
#include <QNetworkAccessManager>
#include <QProcess>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <fstream>
#include <thread>

using namespace std::chrono_literals;
using QCoro::Task;

Task<int> number();
Task<> step();

Task<> sleeps() {
  QThread::msleep(20);
  // CHECK: qcoro.cpp:[[@LINE-1]]:3: warning: 'QThread::msleep' blocks the thread that runs this coroutine, {{.*}}; co_await QCoro::sleepFor
  std::this_thread::sleep_for(20ms);
  // CHECK: qcoro.cpp:[[@LINE-1]]:3: warning: 'std::this_thread::sleep_for' blocks the thread that runs this coroutine, {{.*}}; co_await QCoro::sleepFor
  co_await step();
}
Task<> pauses() {
  co_await QCoro::sleepFor(20ms);
  QThread::msleep(0);
}

Task<int> waits(QThread *thread, QProcess &process) {
  thread->wait();
  // CHECK: qcoro.cpp:[[@LINE-1]]:11: warning: 'QThread::wait' blocks the thread that runs this coroutine, {{.*}}; co_await it, or the object that qCoro() makes of it
  process.waitForFinished();
  // CHECK: qcoro.cpp:[[@LINE-1]]:11: warning: 'QProcess::waitForFinished' blocks the thread that runs this coroutine, {{.*}}; co_await the function of the same name of qCoro(process)
  co_return QCoro::waitFor(number());
  // CHECK: qcoro.cpp:[[@LINE-1]]:13: warning: 'QCoro::waitFor' blocks the thread that runs this coroutine, {{.*}}; co_await it, or the object that qCoro() makes of it
}
Task<int> awaits(QThread *thread, QProcess &process) {
  co_await qCoro(thread).waitForFinished();
  co_await qCoro(process).waitForFinished();
  co_return co_await number();
}

Task<QByteArray> reads(QTcpSocket &socket) {
  std::ifstream file("settings");
  // CHECK: qcoro.cpp:[[@LINE-1]]:17: warning: 'std::ifstream constructor' blocks the thread that runs this coroutine, {{.*}}; co_await QtConcurrent::run
  socket.waitForReadyRead(1000);
  // CHECK: qcoro.cpp:[[@LINE-1]]:10: warning: 'QTcpSocket::waitForReadyRead' blocks the thread that runs this coroutine, {{.*}}; co_await the function of the same name of qCoro(object)
  co_return co_await qCoro(socket).readAll();
}
Task<QByteArray> receives(QTcpSocket &socket) {
  co_await qCoro(socket).waitForReadyRead(1s);
  co_return socket.readAll();
}

// A task starts when it is called, and a slot can't await it. But what is
// called for its result can.
Task<> forgets() {
  number();
  // CHECK: qcoro.cpp:[[@LINE-1]]:3: warning: the result of 'number' is never awaited: what it returns and what it throws is lost; co_await it [async-unawaited-task]
  co_await step();
}
void slot() { step(); }

// An event loop runs timers; the one that a signal's slot runs on is whose
// receiver it is.
void connects(QObject *sender, QObject *receiver) {
  QTimer::singleShot(10, [] {
    QThread::sleep(1);
    // CHECK: qcoro.cpp:[[@LINE-1]]:5: warning: 'QThread::sleep' blocks the thread that runs this callback, {{.*}}; use QTimer::singleShot
  });
  QTimer::singleShot(10, [] { step(); });
  QObject::connect(sender, &QObject::destroyed, receiver,
                   [] { QThread::sleep(1); });
}

Task<> elsewhere() {
  auto *thread = QThread::create([] { QThread::sleep(1); });
  co_await qCoro(thread).waitForFinished();
}

int main() {
  QThread::sleep(1);
  return QCoro::waitFor(number());
}
