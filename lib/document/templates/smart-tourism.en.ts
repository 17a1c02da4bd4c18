// Written by sync.ts from the file of the same name.
export const text = `# Cairnpath: strategy 2026

- Strategy: smart-tourism
- Language: en
- Company: Cairnpath
- State of: 2026-08-14
- Cycle: 2026-Q3

Cairnpath equips scenic areas. Until 2024 we built whatever a tender asked for: gates here, a car park there, a wall of screens for the control room. At the end of 2025 we had 31 scenic areas, 140 people and ¥86 million in revenue, of which only 18 % came back every year as service fees. The rest had to be won again, tender by tender, at a gross margin of 24 %. This strategy turns an installer of parts into the keeper of one management system, in which operations, marketing, administration and visitor service work from the same figures.

## 1 Situation

### Politics

Public owners still pay for most of what we sell, and their questions have changed from "what will you install?" to "what will it change?"

- **F1** Counties release the last 30 % of a digital project only after a year of running and a report on its effect.
  - Source: Contracts of our last nine tenders, compared with those of 2023
  - Confidence: high
  - Checked on: 2026-05-12
  - Valid until: 2027-05-31
- **F2** Daily visitor limits and timed reservation stay in force, and exceeding them is now charged to the scenic area's director in person.
  - Source: Talks with seven directors; notices of two provincial tourism offices
  - Confidence: high
  - Checked on: 2026-04-22
  - Valid until: 2026-12-31

### Economy

- **F3** County budgets for new digital projects shrank by about a fifth, while maintenance budgets were left alone.
  - Source: Published budgets of 26 counties in our three provinces
  - Confidence: medium
  - Checked on: 2026-03-16
  - Valid until: 2027-03-31
- **F4** Visitors travel more often, stay shorter, and spend 9 % less per head inside the gate than two years ago.
  - Source: Ticket and shop data of 18 scenic areas that share figures with us
  - Confidence: high
  - Checked on: 2026-07-10
  - Valid until: 2026-12-31

### Society

- **F5** One video of a crowded staircase travels faster than any campaign; bookings fall within 48 hours and need three weeks to recover.
  - Source: Our comparison of four incidents with booking curves
  - Confidence: medium
  - Checked on: 2026-05-20
  - Valid until: 2027-05-31

### Technology

- **F6** Counting visitors with ordinary cameras reaches 96 % accuracy without storing a face, at a third of the earlier cost.
  - Source: Six-week trial at two entrances, checked by hand
  - Confidence: high
  - Checked on: 2026-06-30
  - Valid until: 2027-01-31
- **F7** Ticket, parking and cable-car vendors have begun to open their interfaces, but each in its own way.
  - Source: Integration log of our engineers, 44 connections
  - Confidence: high
  - Checked on: 2026-02-24
  - Valid until: 2026-08-31

### Market

Large new projects become rare, and the repair of what was bought piecemeal becomes the business.

- **F8** In our three provinces about 420 scenic areas receive between 0.5 and 3 million visits a year; on average they run nine systems from six vendors.
  - Source: Our register, built from public lists and 63 visits on site
  - Confidence: medium
  - Checked on: 2026-01-28
  - Valid until: 2027-01-31

### Competitors

- **F9** Telecom carriers win by price and credit, deliver through subcontractors and seldom return after acceptance.
  - Source: Eleven lost tenders and visits to five of their sites a year later
  - Confidence: high
  - Checked on: 2026-06-11
  - Valid until: 2027-06-30
- **F10** Online travel agencies offer scenic areas free ticketing systems and keep the visitors' data in return.
  - Source: Contracts that three customers showed us
  - Confidence: high
  - Checked on: 2026-03-05
  - Valid until: 2026-09-30

### Customers

- **F11** A scenic area of medium size has one or two people for everything digital, and they spend their mornings copying figures into reports.
  - Source: A working day spent beside 14 of them
  - Confidence: high
  - Checked on: 2026-04-09
  - Valid until: 2027-04-30

### Ourselves

- **F12** Scenic areas that run at least three of our four modules renew to 94 %; those with one module to 51 %.
  - Source: Contract register, all renewals of 2024 and 2025
  - Confidence: high
  - Checked on: 2026-01-19
  - Valid until: 2027-01-31
- **F13** We wait 214 days for our money on average, and 40 % of engineering goes into one-off adaptations.
  - Source: Finance department and time sheets of 2025
  - Confidence: high
  - Checked on: 2026-01-21
  - Valid until: 2027-01-31

The direction follows: less new building, more running; fewer parts, one system; proof of effect instead of proof of installation.

## 2 Major difficulties

### Segments

We used to follow tenders, and tenders took us to theme parks, museums and city halls. Each asked for something different, which is where the 40 % of one-off work comes from. We now choose by two questions: does the director answer for both visitors and income, and can the next scenic area use what we build for this one?

- **S1 County mountain and lake areas.** Natural scenery with 0.5 to 3 million visits a year, run by a county company.
  - Focus: yes
  - Reason: 260 of the 420 areas on our register; one director answers for safety and income, and the sites resemble each other
- **S2 Ancient towns of tourism groups.** Open streets with shops and guesthouses, run by a cultural-tourism group with several sites.
  - Focus: yes
  - Reason: Income beyond tickets is the daily question, and one success is copied to four or five sister sites
- **S3 Theme parks.** Closed parks with rides and their own technical department.
  - Focus: no
  - Reason: They build the core themselves and buy only parts
- **S4 City tourism offices.** Regional platforms that collect figures from many sites.
  - Focus: no
  - Reason: They buy a view from above and solve no pain of a scenic area; payment takes more than 300 days

### Pains

A director's pains come in two seasons: too many visitors on twenty days, too little income on the other 345.

- **P1 Nine systems, nine truths.** Gate, car park, cable car and shops report different visitor numbers, and nobody can decide on any of them.
  - Felt by: S1, S2
  - Evidence: On the same holiday, the figures of 14 areas differed by 11 % on average
- **P2 Peak days run out of control.** Crowding is noticed when people already push, and the gate, buses and paths react separately.
  - Felt by: S1
  - Evidence: 23 stops of admission in 31 areas during the last long holiday, 15 of them without warning
- **P3 Income hangs on the ticket.** Guests pass shops, boats and guesthouses without ever being invited in.
  - Felt by: S1, S2
  - Evidence: 71 % of focus customers' income is tickets
- **P4 Advertising money vanishes without trace.** Nobody knows which campaign brought which visit, because most bookings arrive through agencies.
  - Felt by: S1, S2
  - Evidence: 63 % of online bookings carry no contact of the visitor
- **P5 Complaints are answered when the guest is home.** They arrive over five channels and are passed on by hand.
  - Felt by: S2
  - Evidence: 31 hours to the first answer, measured over 5,700 complaints
- **P6 Patrols and inspections live on paper.** A loose railing is reported, filed and forgotten.
  - Felt by: S1
  - Evidence: 38 % of the defects found in spring had been noted before

### Itches

- **I1 A grand wall of screens.** It impresses delegations; the duty officer works on two small monitors beside it.
  - Felt by: S1
  - Evidence: Switched on 41 days of the year at one site
- **I2 A three-dimensional flight over the valley.** Every director has seen one elsewhere and wants it too.
  - Felt by: S1, S2
  - Evidence: No decision in eight sites was taken with it

### Delights

- **D1 A travel album that makes itself.** Visitors enjoy finding themselves in it and seldom buy anything.
  - Felt by: S2
  - Evidence: 19,000 albums in a summer, 130 prints sold

### Gaps

- **G1 Income beyond the ticket.** Focus customers want it to carry more than a third of their income.
  - Kind: future
  - From: 29
  - To: 35
  - Unit: % of income
  - By: 2026-12-31
  - Measure: Share of income beyond tickets
- **G2 Visits that were lost.** The average focus area had 1.42 million visits in 2023 and 1.18 million in 2025.
  - Kind: past
  - From: 1.18
  - To: 1.42
  - Unit: million visits a year
  - By: 2026-12-31
  - Measure: Average visits per focus area, last twelve months
- **G3 Areas without a rehearsed plan for crowds and data.** All is well until the first accident or leak.
  - Kind: risk
  - From: 9
  - To: 31
  - Unit: areas
  - By: 2026-09-25
  - Measure: Areas with a plan rehearsed this year
- **G4 Our own steady income.** Service fees should carry almost a third of our revenue, so that tenders no longer decide whether we pay wages.
  - Kind: future
  - From: 18
  - To: 32
  - Unit: % of revenue
  - By: 2026-12-31
  - Measure: Share of recurring service revenue

## 3 Guiding policy

We stop selling equipment with a system attached and start running a system with whatever equipment is there. The four modules share one visitor count, one calendar and one list of open matters; that is what no vendor of parts can offer.

### Positioning

- **For whom** scenic areas with 0.5 to 3 million visits a year
- **Which problem** systems that do not agree and days that cannot be steered
- **Through which solution** one management system for operations, marketing, administration and service, run together with the area's own staff

> For scenic areas with 0.5 to 3 million visits a year, we solve systems that do not agree and days that cannot be steered through one management system for operations, marketing, administration and service, run together with the area's own staff.

### Principles

- **R1 One figure, one source.** A number is collected once and shown the same everywhere.
- **R2 Connect before replacing.** What works stays; we replace a system only when connecting it costs more than half of a new one.
- **R3 Prove it on a holiday.** A function is finished when it has survived a peak day with the area's own staff at the controls.
- **R4 Count people, not faces.** We store no more about visitors than a decision needs.

### Trade-offs

- **T1 We do not bid for single trades.** No gates alone, no screens alone.
  - Instead: Partners deliver the trade, we deliver the system
  - Price: About ¥20 million of tenders a year
- **T2 We do not build regional platforms.** City offices receive an export, not a project.
  - Instead: A standard data feed for authorities
  - Price: Fewer friends in city halls
- **T3 We do not advance money for construction.** Credit is what carriers are for.
  - Instead: Smaller first stages with payment by month
  - Price: Four or five projects a year go to carriers
- **T4 We do not adapt the core for one area.** Adaptations live at the edge or nowhere.
  - Instead: Forms, rules and connectors that the area's staff can set
  - Price: Two current customers will probably leave

## 4 Coherent activities

### Product

Product builds the common floor first: one visitor count, one calendar, one list of open matters (P1). On it stand the four modules, of which operations (P2, P6) comes before marketing (P3, P4), because no director listens to offers while a staircase is blocked. The 44 connectors become a library with tests, and one-off work must fall from 40 % to 15 % of engineering.

- **H1** A module that has survived a holiday, with its figures and the duty officer's own account
  - From: product
  - To: marketing
  - When: Three weeks after the holiday

### Marketing

Marketing shows directors a day, not a device: open control-room days at reference sites, held on busy weekends, with the host's staff explaining. It publishes one comparison each season that directors can use before their own boards. Leads are counted only when a director, not an office clerk, has come.

- **H2** An invitation to inspect, with the director's name, systems in place and the date of the next peak
  - From: marketing
  - To: sales
  - When: Within three working days

### Sales

Sales begins with a paid inventory: two weeks, all systems, all figures, all disagreements. It ends in a staged offer with a monthly fee, so that the area can begin from its maintenance budget and we are paid in 120 days instead of 214. Tenders for single trades are passed to partners the same day.

- **H3** The inventory, the agreed stages and the effect that the last payment depends on
  - From: sales
  - To: customer success
  - When: At contract signature

### Customer success

Customer success stands in the control room on peak days and leaves more to local staff each time. It rehearses crowd and data plans with every area before the autumn holiday (G3), brings complaints into one list (P5), and meets the director monthly about income beyond the ticket (G1). A second and third module is the result of this work, not of a sales visit.

- **H4** After every peak day: what staff did by hand, what they ignored, what failed
  - From: customer success
  - To: product
  - When: Within five working days
- **H5** Areas ready for a further module, with the director's reason
  - From: customer success
  - To: sales
  - When: First week of each quarter

### Organization

Organization moves people from building sites to control rooms: of 52 installers, 20 are trained as on-site operators by September, the rest work with partners. Pay follows renewals and days outstanding, no longer the sum of contracts signed. Each province gets one head who answers for the whole chain.

- **H6** Trained on-site operators, with a named deputy for every peak day
  - From: organization
  - To: customer success
  - When: Four weeks before each long holiday
`
