# Words of the web pages and of the terminal (`terminal-`): buttons, headings and errors. Sentences about health stand in
# the pages of the pack; those here speak of the pages themselves. Each language has the same names (a test holds it).
language-name = English
# The services that are shown until another place is chosen.
usual-place = gb

app-name = Gravida
skip = Skip to the main part
call = Call
call-number = Call { $number }
exit = Leave quickly
more = More
who-to-call = Who to call
my-answers = My answers
sessions = Step by step
sources = Sources
about = About
erase = Erase everything
place = Country
change = Change
private-by-design = Everything stays on this device. Nothing is sent anywhere.
problem = There is a problem

start-title = Back pain or cramps
start-what = If you are pregnant, or gave birth up to 6 weeks ago, this helps you decide how soon to get help, from whom, and what may ease the pain.
start-now-title = Call now if you think something is badly wrong
start-now = You do not need to finish the questions, or to begin them. Call now if you bleed a lot, faint, cannot breathe well, have very bad pain, or your baby moves less.
start-private = Your answers stay on this device. You can erase them at any time, and leave quickly with one tap or the Escape key.
start-going-on = Your answers so far are still here.
begin = Start
begin-anew = Start anew
go-on = Go on
to-start = To the start
to-result = Back to the result

unknown-title = There is no such page
unknown = The address may be mistyped. Your answers are still here.
lost-title = Your answers could not be read
lost = What was kept on this device could not be read, so it was not used. Please begin again. It does not mean that you are well.
failed-title = Something went wrong
# Shown by the installable app alone, where it cannot be installed.
app-not-here-title = This browser cannot keep Gravida
app-not-here = Gravida needs a browser that runs scripts and lets it keep files on this device. Private windows often do not. Open this page in an ordinary window or another browser.

phase-start = About you
phase-danger = Danger signs first
phase-cause = What it may be
phase-plan = What may help
questions = Questions
continue = Continue
skip-question = Skip
back = Back
leave-now = Stop and show what to do
unsure-rest = Not sure about the others
not-asked = Not asked
weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
weeks-days = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
} { $days ->
    [one] { $days } day
   *[other] { $days } days
}
from-to = { $low } to { $high }
name-answer = { $name }: { $answer }
field-weeks = Weeks
field-days = Days
or-a-date = Or give a date instead
field-due = The day your baby is due
field-period = The first day of your last period
number-from-to = A number from { $low } to { $high }

error-choose = Choose an answer. If you cannot tell, choose "Not sure".
error-none-and-some = You chose "None of these" together with something else. Take one of them away.
error-weeks = Write the weeks as a number, such as 28, and the days as a number from 0 to 6.
error-weeks-range = That number of weeks cannot be right here. Check it, or choose "Not sure".
error-weeks-differ = The weeks and the dates do not fit together. Give one of them, or choose "Not sure".
error-date = Write a date with year, month and day, or choose "Not sure".

own-words = Anything else, in your own words
own-words-hint = Your words are shown to the person you call, as you wrote them. They do not change the result.
keep = Keep
others-no = { $n ->
    [one] { $n } other: no
   *[other] { $n } others: no
}
all-no = { $n ->
    [one] No
   *[other] No to all { $n }
}
page-number = (page { $n })

what-to-do = What to do
level-of = Level { $n } of { $all }:
while-you-wait = While you wait
until-then = Until then
why = Why
why-none = Every danger sign that is asked here was answered with no, or cannot apply to you.
why-question = Why this question?
you-said = You said:
open-flags = { $n ->
    [one] { $n } sign could not be ruled out
   *[other] { $n } signs could not be ruled out
}
apart = {"; "}
and-more = { $n ->
    [one] And { $n } more
   *[other] And { $n } more
}
do-not-wait = Do not wait if:
certificate = { $asked ->
    [one] { $asked } question answered.
   *[other] { $asked } questions answered.
} { $rest ->
    [one] The other { $rest } could not have changed how soon.
   *[other] None of the other { $rest } could have changed how soon.
}
certificate-holds = Checked again with the calmest and the worst answers to all of them: how soon stayed the same.
certificate-broken = NOT CONFIRMED: an answer that was not asked for could change how soon. Take the more urgent level, and tell the people who made this.
change-answers = See and change my answers
go-on-asking = Answer the questions that are left
depth = How much to show
depth-result = For me
depth-result-clinician = For a midwife
depth-result-auditor = Every line
audit = Every rule, with its verdict
audit-flag = Sign
audit-verdict = Verdict
audit-counts = Counts as
audit-page = Page
verdict-present = present
verdict-open = not ruled out
verdict-excluded = ruled out

what-it-may-be = What it may be
n-in = { $n } in { $all }
fewer-than = fewer than 1 in { $all }
about-share = about { $share }
range = (range { $low } to { $high })
for-it = For it:
against-it = Against it:
more-and-sources = More, with the sources
why-it-hurts = Why it hurts
like = What it is like
unlike = What speaks against it
next-steps = What a clinician will do
numbers = The numbers behind it
number-what = Sign
number-range = How many
number-seen = { $low } to { $high } of those who have it
number-spared = { $low } to { $high } of those without it do not have the sign
times = { $low } to { $high } times as likely

what-helps = What may help
eases = May ease:
step-by-step = Step by step
review-after = { $n ->
    [one] See whether it helps after { $n } week.
   *[other] See whether it helps after { $n } weeks.
}
evidence = Evidence.
certainty = Certainty: { $word }
certainty-none = none
certainty-very-low = very low
certainty-low = low
certainty-moderate = moderate
certainty-high = high
dose = How much, how long
effect = What was seen in studies
who-employer = your employer
left-out-time = Not for this time, or your weeks are not known.
left-out-said = You said: { $names }
left-out-open = Not answered with a clear no: { $names }

minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
seconds = { $n ->
    [one] { $n } second
   *[other] { $n } seconds
}
session-begin = Yes, begin
not-now = Not now
answer-first = Answer the questions first
all-steps = All steps
step-of = Step { $n } of { $all }
next-step = Next step
pause = Pause
resume = Go on
stop = Stop
time-left = Time that has passed in this step
cue-sound = A sound at the end of each step
cue-buzz = A short buzz at the end of each step
once-more = Once more

source = Source
source-address = Address, to be looked up on another device if you like:
source-passages = What is relied on
sources-count = { $n ->
    [one] { $n } source
   *[other] { $n } sources
}
mark-verified = read
mark-derived = (worked out)
mark-cited-from-memory = (cited from memory)
mark-consensus = (agreed by people)
mark-assumed = (assumed)

about-how = Danger signs are asked first. Rules that anyone can read set how soon; the list of causes never changes it.
about-pack = It knows { $flags } danger signs and rules, { $causes } causes, { $measures } measures, and names { $sources } sources.
about-private = It runs on this device alone. No account, no measuring of visits, nothing is sent.
about-proved = That a worse answer never makes the result calmer, and that no advice delays help, is proved for every set of answers.
about-not-proved = It is not proved that the list of danger signs is complete, or that every source is right. If you are worried, call.

erase-what = Your answers, your words and everything else that is kept here will be gone. This cannot be undone.
erase-yes = Erase everything
erase-no = Keep it

partner = Hand over to a partner or someone you trust
partner-short = For a partner
partner-what = A partner sees how soon to get help, whom to call, and one task for today, and can say what they have noticed. What they say can call for help sooner, never later. What you answered in private is never shown, and nothing about bleeding, unless you tick it here. Do this only if you want to.
partner-share = May be shown
partner-share-hint = Tick only what your partner may see.
partner-code = A code of four digits, for the way back to your own pages
partner-code-hint = Choose it now and keep it to yourself. Without it, your own pages do not open on this device.
partner-hand-over = Hand over
partner-answer = Say what you have noticed
partner-noticed = What have you noticed?
partner-noticed-hint = Tick all that you have seen or been told. What the person says counts as well.
partner-enough = That is all
partner-code-back = The code for the way back
partner-give-back = Back to the own pages
voices = Who said what
voice-self = You
voice-partner = Partner
voice-counts = Counts
error-code = Choose four digits, such as a date that only you know.
error-code-wrong = That is not the code.
error-code-locked = That was the wrong code too often. The own pages stay closed; they can be erased.

follow = Look again later
follow-what = Keep how it is now, and look again in time. The record stays on this device; you can take it along or erase it.
follow-no-answers = Answer the questions first, so that there is something to keep.
follow-keep = Keep this in the record
follow-by = Look again by:
follow-look = Look again now
follow-after-questions = Keep what you answered now
follow-calendar = A reminder for your calendar, with a title that tells nobody what it is about
follow-notify = Remind me on this device while this page is open
follow-damaged = Not everything in this record could be read
follow-course = How it goes
follow-chart = Lines of pain and of daily things over time; the table below says the same.
follow-pain = Pain, 0 to 10
follow-daily = Daily things, 0 to 10
follow-when = When
follow-trend = Change
trend-better = better
trend-same = no clear change
trend-worse = worse
follow-note = A professional has looked
follow-note-by = Who
follow-note-level = How soon they want to be turned to now
follow-note-hours = Look again after so many hours at the latest (may stay empty)
follow-note-says = What they said
follow-close = End this record
end-better = It is better
end-birth = My baby is born
end-loss = I lost my baby
end-handed-over = A professional has taken over
follow-own = This record is yours
follow-export = Take the record along as a file
follow-erase = Erase this record
follow-import = Bring back a record
follow-import-file = A file that you took along
follow-import-text = Or its text
error-follow = This could not be kept. Look at the result again, and call if you are worried.
error-follow-read = The record on this device cannot be read, so nothing was added. Call if you are worried.
error-follow-effect = This can have no effect where the record stands. It may have ended.
error-follow-large = The record has become too large. Take it along as a file and begin a new one.
error-follow-note = Choose who looked and how soon. Hours are a whole number from 1 to 2160, or empty.
error-follow-import = This is not a record, so nothing was changed. Choose the file that was taken along, or paste its whole text.

note-title = The note for the unit
note-print = To print this page, or keep it as a PDF, use “Print” in the menu of your browser. It fits on one page of A4 or Letter.
note-paper = To print this page, use “Print” in the menu of your browser. It fits on one page of A4 or Letter.
note-pdf = Save as a PDF
note-pdf-stays = The file stays on this device, where your browser keeps downloads. Leaving or erasing here does not delete it.
note-pdf-a4 = PDF on A4
note-pdf-letter = PDF on Letter
note-phone = Read this out on the phone
note-phone-how = Say this slowly when somebody answers. It takes about half a minute.
note-private = Private answers
note-with-private = Make it with private answers
note-without-private = Leave private answers out again
note-code = QR code of the note
note-code-text = The same as text
note-code-read = The unit can make the note from it without any network: gravida report --from-qr. Nothing is sent by showing it.
note-code-none = There is too much in the note for a QR code. Print it, or read it out.

away-title = Shopping list
away-label = To buy

terminal-commands = Commands: back, change, help, leave.
terminal-screen = Screen { $n } · { $about }
terminal-list-keys = [numbers, as 1 3; n = { $none }; s = { $unsure }; 1 s = number 1, not sure about the rest]
terminal-weeks = 30 weeks 2 days; or: due 2027-02-01; or: last period 2026-05-01; or: 14 to 27 weeks
terminal-change-which = [the number of the answer to change; Enter to go on]
terminal-type-number = Type one of the numbers above, or Enter.
terminal-not-a-number = "{ $word }" is not understood. Type numbers from 1 to { $n }, n, s, back, change, help or leave.
terminal-no-number = Type the numbers that are true, n for none of these, or s for not sure.
terminal-not-understood = "{ $word }" is not understood. Type { $choices }; s for not sure; or back, change, help, leave.
terminal-also = Also: { $names }
terminal-next = Next: { $text }
terminal-weight = ({ $low } to { $high }, { $point } of 1024 to a doubling)
terminal-certificate = { $asked } answered, { $rest } not needed ({ $hidden } of them do not apply); least = most = { $level } (T13): { $outcome }.
terminal-certificate-holds = checked again by trying them
terminal-certificate-broken = NOT CONFIRMED
terminal-steps = { $n ->
    [one] { $n } step, { $long }
   *[other] { $n } steps, { $long }
}
terminal-by = by { $when } – { $distance }
terminal-minutes = { $first } min
terminal-hours = { $first } h { $second } min
terminal-days = { $first } d { $second } h
terminal-in = in { $long }
terminal-ago = { $long } ago
terminal-now = now
terminal-pain = pain 0–10
terminal-daily = daily things 0–10
terminal-course-observing = observing
terminal-course-improving = improving
terminal-course-unchanged = unchanged
terminal-course-worse = worse
terminal-course-escalated = escalated
terminal-course-handed-over = handed-over
terminal-course-closed = closed
