#include "DbClient.h"
