/**
 * Words tried first, in small letters and without signs; digits around them and digits for letters are taken away before
 * looking. Short, because ten characters already rule out nearly all of the published lists.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password passwort motdepasse contrasena senha wachtwoord mima mimamima wodemima mypassword thepassword
  newpassword oldpassword passwordpassword passw p4ssword passwd passphrase secret topsecret geheim secretpassword
  letmein letmeinplease letmeinnow welcome welcomeback welcomehome willkommen bienvenue huanying default changeme changemenow
  changethis changeit pleasechange admin administrator administration adminadmin root rootroot toor superuser sysadmin
  master masterpassword supervisor manager guest guestguest user username testtest testing test tester demo demodemo example
  login loginlogin signin access accessgranted internet computer server database postgres postgresql mysql oracle
  microsoft windows linux ubuntu google facebook wechat weixin alipay taobao tencent baidu huawei xiaomi samsung
  iloveyou iloveu iloveyousomuch ilovemyself loveyou lovelove loveme woaini woainima woaiwojia woainiwoaini aishiteru
  sunshine princess football baseball basketball superman batman spiderman starwars pokemon dragon monkey shadow
  michael jennifer jordan jessica charlie ashley thomas daniel andrew joshua matthew anthony hunter ranger
  whatever trustno trustnoone nothing freedom liverpool chelsea arsenal barcelona manchester manchesterunited
  realmadrid juventus qazwsx qazwsxedc qazwsxedcrfv zaqwsx qweasd qweasdzxc qwerty qwertyui qwertyuiop
  qwert asdf asdfasdf asdfghjkl zxcvbn zxcvbnm abc abcabc abcd aabbcc abcdef abcdefg a1b2c3d4e5 a1b2c3d4e5f6 qweqwe
  qweqweqwe asdasd asdasdasd zxczxc qwaszx qwerasdf qwerasdfzxcv qwe123qwe abc123abc aa123456 a123456 a123456a
  woshishui wobuzhidao wojiushiwo nihao nihaonihao zhongguo beijing shanghai shenzhen guangzhou qwertz
  correcthorsebatterystaple throughline throughlinethroughline gangju gangjumuzhang workspace strategy strategie zhanlue
  company startup business partner partners spring summer autumn winter january february march april june july august
  september october november december monday tuesday wednesday thursday friday saturday sunday
  blink maggie cookie cheese chocolate banana orange pepper ginger buster killer hockey soccer golfer
  tigger summertime sommer herbst fruehling primavera mustang ferrari porsche mercedes corvette yankees
  密码 我的密码 我爱你 管理员 纲举 纲举目张 战略 公司`
    .split(/\s+/)
    .filter((word) => word.length > 0),
)
